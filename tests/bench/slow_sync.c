/* A disk that takes SYNC_MS milliseconds longer for each sync, as a rented one does. Loaded with LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static int late(int file, const char *name) {
    long wait = atol(getenv("SYNC_MS"));
    struct timespec pause = {wait / 1000, wait % 1000 * 1000000};
    nanosleep(&pause, NULL);
    return ((int (*)(int))dlsym(RTLD_NEXT, name))(file);
}

int fsync(int file) { return late(file, "fsync"); }
int fdatasync(int file) { return late(file, "fdatasync"); }
