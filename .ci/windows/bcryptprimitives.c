/* For Wine alone, never shipped: the one function of Windows' bcryptprimitives.dll that Wine 8 lacks, random bytes. */
#include <windows.h>

#define MOST 0x10000000
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T left)
{
    while (left) {
        ULONG now = left < MOST ? (ULONG)left : MOST;
        if (!SystemFunction036(bytes, now))
            return FALSE;
        bytes += now;
        left -= now;
    }
    return TRUE;
}
