@echo off
rem Opens the planner from this folder; with words after it, runs that command instead: Start.bat check --workspace DIR
rem Needs no administrator and no network, installs nothing, and writes nothing into this folder.
setlocal DisableDelayedExpansion
title Hotspot and Co-location Planner
if not exist "%~dp0python\python.exe" goto incomplete
if not exist "%~dp0launch.py" goto incomplete
if /i "%PROCESSOR_ARCHITECTURE%%PROCESSOR_ARCHITEW6432%"=="x86" goto wrongkind
if not "%~1"=="" goto run
echo The planner is starting. The first start on a machine can take a minute, while the virus scanner reads it.
echo Your browser opens by itself. Leave this window open, and close it when you have finished.
echo.
:run
"%~dp0python\python.exe" -B -X utf8 "%~dp0launch.py" %*
if "%ERRORLEVEL%"=="0" goto end
rem Stopped by Ctrl-C. Other numbers below zero are crashes, which "if errorlevel 1" would take for a good end.
if "%ERRORLEVEL%"=="-1073741510" goto end
set "CODE=%ERRORLEVEL%"
if not "%~1"=="" exit /b %CODE%
echo.
echo The planner has stopped. If a sentence above says why, that is what to do; else show this window to your IT.
echo If there is no sentence, the machine may not allow programs to run from this folder: ask IT to allow
echo python\python.exe here, or copy the folder to a place where programs may run.
pause
exit /b %CODE%
:incomplete
echo This folder is not whole: python\python.exe or launch.py is missing. Copy the whole folder again.
echo If you are looking into a zip, unpack it first.
if "%~1"=="" pause
exit /b 2
:wrongkind
echo This Windows is 32-bit. The planner needs 64-bit Windows on an Intel or AMD machine.
if "%~1"=="" pause
exit /b 2
:end
exit /b 0
