@echo off
rem Runs the program: scripts\run.cmd ARGS passes ARGS to main.py; without ARGS it opens the window.
rem The first start installs everything it needs.
setlocal
call "%~dp0setup.cmd" run || exit /b 1
"%~dp0..\.venv\Scripts\python.exe" "%~dp0..\main.py" %*
exit /b %errorlevel%
