@echo off
rem Makes everything ready once, and finds out quickly that it is: called by run.cmd and test.cmd.
rem Argument: run (the program) or test (the tools for the tests as well). Copies of the requirement files in
rem .venv\installed say that .venv is complete; without them it is made anew.
setlocal
chcp 65001 >nul
set "root=%~dp0.."
set "venv=%root%\.venv"
set "venv_python=%venv%\Scripts\python.exe"

set "complete=yes"
"%venv_python%" -c "import PySide6" >nul 2>nul || set "complete=no"
fc /b "%root%\requirements.txt" "%venv%\installed\requirements.txt" >nul 2>nul || set "complete=no"
set "tools=yes"
if "%~1"=="test" fc /b "%root%\requirements-dev.txt" "%venv%\installed\requirements-dev.txt" >nul 2>nul || set "tools=no"
if "%complete%%tools%"=="yesyes" exit /b 0

set "base="
for %%c in ("py -3.11" "py -3.12" "py -3.13" "python") do (
    if not defined base %%~c -c "import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))" >nul 2>nul && set "base=%%~c"
)
if "%complete%"=="no" if not defined base (
    echo 需要 Python 3.11、3.12 或 3.13，本机没有找到。请先安装 Python，再重新运行。>&2
    exit /b 1
)
if "%complete%"=="no" (
    echo 正在建立 .venv…… >&2
    %base% -m venv --clear "%venv%" || exit /b 1
)
if exist "%venv%\installed" rmdir /s /q "%venv%\installed"
echo 正在安装 Python 软件包，只需一次，需要几分钟…… >&2
set "wanted=%root%\requirements.txt"
if "%~1"=="test" set "wanted=%root%\requirements-dev.txt"
"%venv_python%" -m pip install --quiet --disable-pip-version-check --no-input -r "%wanted%" >&2
if errorlevel 1 (
    echo Python 软件包没有装全。请检查网络，再重新运行。>&2
    exit /b 1
)
mkdir "%venv%\installed"
copy /y "%root%\requirements.txt" "%venv%\installed\" >nul
if "%~1"=="test" copy /y "%root%\requirements-dev.txt" "%venv%\installed\" >nul
exit /b 0
