@echo off
rem Checks everything: style, types, tests. scripts\test.cmd ARGS passes ARGS to pytest; --cov measures which lines ran.
rem scripts\test.cmd --quick leaves out the tests that need a register, a window or files.
rem The first start installs everything it needs. All checks run, whichever of them fails first.
setlocal
call "%~dp0setup.cmd" test || exit /b 1
cd /d "%~dp0.."
set "PYTHONUTF8=1"
set "QT_QPA_PLATFORM=offscreen"
set "failed="
set "chosen=%*"
if "%~1"=="--quick" set "chosen=-m quick"
echo == ruff
.venv\Scripts\python.exe -m ruff check --output-format concise || set "failed=%failed% ruff"
echo == mypy
.venv\Scripts\python.exe -m mypy || set "failed=%failed% mypy"
echo == pytest
.venv\Scripts\python.exe -m pytest -n auto --dist worksteal %chosen% || set "failed=%failed% pytest"
if defined failed (
    echo 没有通过：%failed%
    exit /b 1
)
exit /b 0
