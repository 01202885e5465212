/*
 * Loaded before libc by the power-loss check. It writes down, in order, everything that is done to the files of one
 * folder: contents, lengths, names and syncs. Each operation and its note are one step under a lock, so the order of
 * the notes is the order in which things happened. It can also play a disk that fills up.
 *
 * LINLI_SHIM_DIR    the folder that is watched (absolute, without a slash at its end)
 * LINLI_SHIM_LOG    where the notes go
 * LINLI_SHIM_MARKS  a file outside the folder; what is written to it is noted as a mark
 * LINLI_SHIM_ROOM   bytes that may be written to the folder before the disk is full (absent: any number)
 *
 * A note: kind (1 byte), length of the name (4), the name within the folder, a number (8: offset or length), length of
 * the data (8), the data; all numbers little-endian, as on every machine that this runs on.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define FDS 4096

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char *names[FDS];
static int log_fd = -1;
static int64_t room = INT64_MAX;

#define REAL(type, name, ...)                                                                                          \
    static type (*real)(__VA_ARGS__);                                                                                  \
    if (!real)                                                                                                         \
    real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

/* The name within the folder, or NULL for what lies outside. Marks have the name "\001". */
static const char *within(const char *path) {
    static const char *dir, *marks;
    static size_t dir_len;
    if (!dir) {
        dir = getenv("LINLI_SHIM_DIR");
        marks = getenv("LINLI_SHIM_MARKS");
        if (!dir) dir = "";
        if (!marks) marks = "";
        dir_len = strlen(dir);
    }
    if (!path || !dir_len) return NULL;
    if (*marks && strcmp(path, marks) == 0) return "\001";
    if (strncmp(path, dir, dir_len) != 0) return NULL;
    if (path[dir_len] == 0) return "";
    return path[dir_len] == '/' ? path + dir_len + 1 : NULL;
}

static void all_of(const void *data, size_t len) {
    while (len > 0) {
        long done = syscall(SYS_write, log_fd, data, len);
        if (done < 0) {
            if (errno == EINTR) continue;
            _exit(97);
        }
        data = (const char *)data + done;
        len -= (size_t)done;
    }
}

static void note(char kind, const char *name, uint64_t number, const void *data, uint64_t len) {
    int kept = errno;
    if (log_fd < 0) {
        const char *path = getenv("LINLI_SHIM_LOG");
        const char *space = getenv("LINLI_SHIM_ROOM");
        log_fd = path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644) : -1;
        if (log_fd < 0) _exit(98);
        if (space) room = atoll(space);
    }
    uint32_t name_len = (uint32_t)strlen(name);
    all_of(&kind, 1);
    all_of(&name_len, 4);
    all_of(name, name_len);
    all_of(&number, 8);
    all_of(&len, 8);
    if (len) all_of(data, len);
    errno = kept;
}

static int opened(int fd, const char *path, int flags, int was_there) {
    const char *name = within(path);
    if (fd < 0 || fd >= FDS || !name) return fd;
    names[fd] = strdup(name);
    if (*name == 1) return fd;
    if (!was_there) note('C', name, 0, NULL, 0);
    if (was_there && (flags & O_TRUNC)) note('T', name, 0, NULL, 0);
    return fd;
}

static int open_noted(int dir, const char *path, int flags, mode_t mode) {
    pthread_mutex_lock(&lock);
    int was_there = faccessat(AT_FDCWD, path, F_OK, 0) == 0;
    int fd = (int)syscall(SYS_openat, dir, path, flags, mode);
    fd = opened(fd, path, flags, was_there);
    pthread_mutex_unlock(&lock);
    return fd;
}

#define MODE(flags)                                                                                                    \
    mode_t mode = 0;                                                                                                   \
    if ((flags) & (O_CREAT | O_TMPFILE)) {                                                                             \
        va_list rest;                                                                                                  \
        va_start(rest, flags);                                                                                         \
        mode = va_arg(rest, mode_t);                                                                                   \
        va_end(rest);                                                                                                  \
    }

int open(const char *path, int flags, ...) {
    MODE(flags)
    return open_noted(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    MODE(flags)
    return open_noted(AT_FDCWD, path, flags | O_LARGEFILE, mode);
}

int openat(int dir, const char *path, int flags, ...) {
    MODE(flags)
    return open_noted(dir, path, flags, mode);
}

int openat64(int dir, const char *path, int flags, ...) {
    MODE(flags)
    return open_noted(dir, path, flags | O_LARGEFILE, mode);
}

int close(int fd) {
    pthread_mutex_lock(&lock);
    if (fd >= 0 && fd < FDS) {
        free(names[fd]);
        names[fd] = NULL;
    }
    int done = (int)syscall(SYS_close, fd);
    pthread_mutex_unlock(&lock);
    return done;
}

static const char *name_of(int fd) { return fd >= 0 && fd < FDS ? names[fd] : NULL; }

/* One write at a place; a place below zero means where the file stands. */
static ssize_t write_noted(int fd, const void *data, size_t len, int64_t at) {
    pthread_mutex_lock(&lock);
    const char *name = name_of(fd);
    int64_t place = at;
    if (name && *name != 1) {
        if (log_fd < 0) note('N', name, 0, NULL, 0);
        if (at < 0) {
            struct stat about;
            int appends = fcntl(fd, F_GETFL) & O_APPEND;
            place = appends && fstat(fd, &about) == 0 ? about.st_size : lseek(fd, 0, SEEK_CUR);
        }
        if (len > 0 && room <= 0) {
            errno = ENOSPC;
            pthread_mutex_unlock(&lock);
            return -1;
        }
        if ((int64_t)len > room) len = (size_t)room;
    }
    ssize_t done = at < 0 ? syscall(SYS_write, fd, data, len) : syscall(SYS_pwrite64, fd, data, len, at);
    if (name && done > 0) {
        if (*name == 1) {
            note('M', "", 0, data, (uint64_t)done);
        } else {
            room -= done;
            note('W', name, (uint64_t)place, data, (uint64_t)done);
        }
    }
    pthread_mutex_unlock(&lock);
    return done;
}

ssize_t write(int fd, const void *data, size_t len) { return write_noted(fd, data, len, -1); }

ssize_t pwrite(int fd, const void *data, size_t len, off_t at) { return write_noted(fd, data, len, at); }

ssize_t pwrite64(int fd, const void *data, size_t len, off64_t at) { return write_noted(fd, data, len, at); }

/* A shorter write is always allowed, so a vector is written by its first part that holds something. */
static ssize_t first_of(int fd, const struct iovec *parts, int count, int64_t at) {
    for (int i = 0; i < count; i++)
        if (parts[i].iov_len) return write_noted(fd, parts[i].iov_base, parts[i].iov_len, at);
    return 0;
}

ssize_t writev(int fd, const struct iovec *parts, int count) { return first_of(fd, parts, count, -1); }

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) { return first_of(fd, parts, count, at); }

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) { return first_of(fd, parts, count, at); }

static int on_fd(int fd, char kind, uint64_t number, int done) {
    const char *name = name_of(fd);
    if (name && *name != 1 && done == 0) note(kind, name, number, NULL, 0);
    pthread_mutex_unlock(&lock);
    return done;
}

int ftruncate(int fd, off_t len) {
    pthread_mutex_lock(&lock);
    return on_fd(fd, 'T', (uint64_t)len, (int)syscall(SYS_ftruncate, fd, len));
}

int ftruncate64(int fd, off64_t len) { return ftruncate(fd, len); }

int fsync(int fd) {
    pthread_mutex_lock(&lock);
    return on_fd(fd, 'S', 0, (int)syscall(SYS_fsync, fd));
}

int fdatasync(int fd) {
    pthread_mutex_lock(&lock);
    return on_fd(fd, 'F', 0, (int)syscall(SYS_fdatasync, fd));
}

/* Starts the writing of pages; promises neither the drive's cache nor the file's length. Noted as nothing. */
int sync_file_range(int fd, off64_t from, off64_t len, unsigned int flags) {
    REAL(int, "sync_file_range", int, off64_t, off64_t, unsigned int);
    int done = real(fd, from, len, flags);
    pthread_mutex_lock(&lock);
    return on_fd(fd, 'N', 0, done);
}

int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *);
    pthread_mutex_lock(&lock);
    int done = real(from, to);
    const char *old = within(from), *new = within(to);
    if (done == 0 && old && new) note('R', old, 0, new, strlen(new));
    pthread_mutex_unlock(&lock);
    return done;
}

static int on_path(const char *path, char kind, int done) {
    const char *name = within(path);
    if (done == 0 && name) note(kind, name, 0, NULL, 0);
    pthread_mutex_unlock(&lock);
    return done;
}

int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    pthread_mutex_lock(&lock);
    return on_path(path, 'U', real(path));
}

int mkdir(const char *path, mode_t mode) {
    REAL(int, "mkdir", const char *, mode_t);
    pthread_mutex_lock(&lock);
    return on_path(path, 'D', real(path, mode));
}
