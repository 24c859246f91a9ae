/* What a disk would still hold after a power cut: at each sync of a database or its WAL that succeeds, the whole file is
   copied beside it as NAME.synced. What was written later and not synced is not in the copy. Loaded with LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static int ends(const char *text, const char *with) {
    size_t a = strlen(text), b = strlen(with);
    return a >= b && strcmp(text + a - b, with) == 0;
}

static void keep(int file) {
    char link[64], path[4000], half[4100], whole[4100], buffer[65536];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size < 0) return;
    path[size] = 0;
    if (!ends(path, ".sqlite") && !ends(path, ".sqlite-wal")) return;
    snprintf(half, sizeof half, "%s.half", path);
    snprintf(whole, sizeof whole, "%s.synced", path);
    int copy = open(half, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    for (off_t at = 0; (size = pread(file, buffer, sizeof buffer, at)) > 0; at += size)
        if (write(copy, buffer, size) != size) _exit(70);
    close(copy);
    rename(half, whole);
}

static int sync_and_keep(int file, const char *name) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    pthread_mutex_lock(&one_at_a_time);
    int result = real(file);
    if (result == 0) keep(file);
    pthread_mutex_unlock(&one_at_a_time);
    return result;
}

int fsync(int file) { return sync_and_keep(file, "fsync"); }
int fdatasync(int file) { return sync_and_keep(file, "fdatasync"); }
