/* For Wine alone, never shipped: Windows' own icuuc.dll, which Wine 8 lacks, with the converters that Qt's core names.
   None can be opened, so that Qt uses the ones of its own. */
#include <windows.h>

enum { NOT_SUPPORTED = 16 };
#define GIVEN __declspec(dllexport)
#define REFUSE(error) do { if (error) *(error) = NOT_SUPPORTED; } while (0)

GIVEN void *ucnv_open(const char *name, int *error) { REFUSE(error); return NULL; }
GIVEN void ucnv_close(void *converter) {}
GIVEN void ucnv_reset(void *converter) {}
GIVEN signed char ucnv_getMaxCharSize(const void *converter) { return 1; }
GIVEN const char *ucnv_getName(const void *converter, int *error) { REFUSE(error); return NULL; }
GIVEN void ucnv_getToUCallBack(const void *converter, void **action, const void **context)
{ if (action) *action = NULL; if (context) *context = NULL; }
GIVEN void ucnv_getFromUCallBack(const void *converter, void **action, const void **context)
{ if (action) *action = NULL; if (context) *context = NULL; }
GIVEN void ucnv_setToUCallBack(void *c, void *n, const void *nc, void **o, const void **oc, int *error) { REFUSE(error); }
GIVEN void ucnv_setFromUCallBack(void *c, void *n, const void *nc, void **o, const void **oc, int *error) { REFUSE(error); }
GIVEN void ucnv_cbFromUWriteUChars(void *args, const void *source, int length, int offset, int *error) { REFUSE(error); }
GIVEN void ucnv_cbToUWriteUChars(void *args, const void *source, int length, int offset, int *error) { REFUSE(error); }
GIVEN void ucnv_fromUnicode(void *c, char **t, const char *te, const void **s, const void *se, int *o, signed char f, int *error)
{ REFUSE(error); }
GIVEN void ucnv_toUnicode(void *c, void **t, const void *te, const char **s, const char *se, int *o, signed char f, int *error)
{ REFUSE(error); }
GIVEN int ucnv_fromUCountPending(const void *converter, int *error) { return 0; }
GIVEN int ucnv_toUCountPending(const void *converter, int *error) { return 0; }
GIVEN const char *ucnv_getStandardName(const char *name, const char *standard, int *error) { REFUSE(error); return NULL; }
GIVEN const char *ucnv_getAvailableName(int place) { return NULL; }
GIVEN int ucnv_countAvailable(void) { return 0; }
GIVEN void UCNV_FROM_U_CALLBACK_SUBSTITUTE(const void *x, void *a, const void *u, int l, int c, int r, int *error) {}
GIVEN void UCNV_TO_U_CALLBACK_SUBSTITUTE(const void *x, void *a, const char *u, int l, int r, int *error) {}
