; A program of the package for IT: ends with 1 where tomsapp is open on this computer, for whomever, and else with 0.
; Its one argument is how much Windows Installer shows: from 3 on somebody can be asked to close it.
Unicode true
Target amd64-unicode
SetCompressor zlib
SilentInstall silent
RequestExecutionLevel user
ManifestDPIAware true
Name "Social value calculator"
OutFile "${OUTFILE}"
!include "FileFunc.nsh"
!include "LogicLib.nsh"

Section
  ${GetParameters} $R0
  again:
  Call FindOpen
  ${If} $R1 == 0
    SetErrorLevel 0
    Quit
  ${EndIf}
  ${If} $R0 >= 3
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "Social value calculator is open. Close it, then choose Retry." IDRETRY again
  ${EndIf}
  SetErrorLevel 1
SectionEnd

; $R1: 1 where one of the processes of this computer is the program
Function FindOpen
  StrCpy $R1 0
  System::Call 'kernel32::CreateToolhelp32Snapshot(i 2, i 0) p .r0'
  System::Alloc 568                   ; a PROCESSENTRY32W of 64 bits, whose name stands 44 bytes in it
  Pop $1
  System::Call '*$1(i 568)'
  System::Call 'kernel32::Process32FirstW(p r0, p r1) i .r2'
  ${While} $2 != 0
    IntPtrOp $4 $1 + 44
    System::Call '*$4(&w260 .r3)'
    ${If} $3 == "tomsapp.exe"
    ${OrIf} $3 == "tomsapp-cli.exe"
      StrCpy $R1 1
      ${Break}
    ${EndIf}
    System::Call 'kernel32::Process32NextW(p r0, p r1) i .r2'
  ${EndWhile}
  System::Free $1
  System::Call 'kernel32::CloseHandle(p r0)'
FunctionEnd
