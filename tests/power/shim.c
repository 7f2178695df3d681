/* Records what a program writes under a folder, so that replay.py can make the folder as a disk could hold it after a
 * power cut. Preloaded; passes everything through. Does not see memory-mapped writes and io_uring. See README.md.
 *
 * RECTO_POWER_FOLDER is the folder, RECTO_POWER_LOG the file that is appended to. A record is a line of
 *     kind inode number length path-in-hex other-path-in-hex
 * and `length` bytes. Kinds: C created, D folder created, L linked, W written at `number`, T truncated to `number`,
 * S synced, F folder synced, R renamed, U unlinked, X folder removed, A written to standard output.
 *
 * With RECTO_POWER_FAIL=N:SEED about one write, sync and change of length in N fails under the folder, half of them as if
 * the disk were full; the log is then not needed. A write that fails may have written a part.
 *
 * One lock is held from before a call until it is on record, so a thread's write never falls between another thread's
 * sync and the record of it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char folder[PATH_MAX];
static size_t folder_length;
static int log_fd = -1;
static unsigned long fail_one_in, fail_state;

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (!found) abort();
    return found;
}

__attribute__((constructor)) static void start(void) {
    const char *wanted = getenv("RECTO_POWER_FOLDER"), *log = getenv("RECTO_POWER_LOG");
    const char *fail = getenv("RECTO_POWER_FAIL");
    if (!wanted || (!log && !fail) || !realpath(wanted, folder)) return;
    folder_length = strlen(folder);
    if (fail) {
        char *end;
        fail_one_in = strtoul(fail, &end, 10);
        fail_state = (*end == ':' ? strtoul(end + 1, NULL, 10) : 1) * 0x9E3779B97F4A7C15ul;
    }
    if (log) log_fd = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

static int is_within(const char *path) {
    return folder_length && strncmp(path, folder, folder_length) == 0 &&
           (path[folder_length] == '/' || path[folder_length] == 0);
}

/* Where an open file is now; its last name and " (deleted)" where it has none. */
static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length > 0 ? length : 0] = 0;
    return length > 0 && is_within(path);
}

/* A path that need not be there, its folder without links. */
static int resolve(int at, const char *path, char *out) {
    char whole[2 * PATH_MAX], parent[PATH_MAX];
    whole[0] = 0;
    if (path[0] != '/') {
        char base[PATH_MAX] = "";
        if (at == AT_FDCWD) {
            if (!getcwd(base, sizeof base)) return 0;
        } else {
            path_of(at, base);
        }
        snprintf(whole, sizeof whole, "%s/", base);
    }
    strncat(whole, path, sizeof whole - strlen(whole) - 1);
    size_t length = strlen(whole);
    while (length > 1 && whole[length - 1] == '/') whole[--length] = 0;
    char *slash = strrchr(whole, '/');
    if (!slash) return 0;
    *slash = 0;
    if (!realpath(slash == whole ? "/" : whole, parent)) return 0;
    if ((size_t)snprintf(out, PATH_MAX, "%s/%s", parent, slash + 1) >= PATH_MAX) return 0;
    return is_within(out);
}

static void hex(char *out, const char *path) {
    /* Relative to the folder; "-" is none, "." the folder. */
    if (!path) {
        strcpy(out, "-");
        return;
    }
    path += folder_length;
    while (*path == '/') path++;
    if (!*path) strcpy(out, ".");
    for (; *path; path++, out += 2) sprintf(out, "%02x", (unsigned char)*path);
}

static void record(char kind, unsigned long inode, long long number, const void *data, size_t length, const char *path,
                   const char *other) {
    if (log_fd < 0) return;
    int saved = errno;
    static char head[4 * PATH_MAX + 128], first[2 * PATH_MAX + 2], second[2 * PATH_MAX + 2];
    hex(first, path);
    hex(second, other);
    int size = snprintf(head, sizeof head, "%c %lu %lld %zu %s %s\n", kind, inode, number, length, first, second);
    /* In one piece, so that records of several processes do not mix. */
    struct iovec parts[2] = {{head, (size_t)size}, {(void *)data, length}};
    size_t whole = (size_t)size + length;
    if (syscall(SYS_writev, log_fd, parts, length ? 2 : 1) != (long)whole) {
        static const char failed[] = "shim.c: the log cannot be written\n";
        syscall(SYS_write, 2, failed, sizeof failed - 1);
        abort();
    }
    errno = saved;
}

static unsigned long inode_of(int fd) {
    struct stat status;
    return fstat(fd, &status) == 0 ? (unsigned long)status.st_ino : 0;
}

static unsigned long inode_at(const char *path) {
    struct stat status;
    return lstat(path, &status) == 0 ? (unsigned long)status.st_ino : 0;
}

static void record_write(int fd, long long offset, const void *data, ssize_t length) {
    char path[PATH_MAX];
    if (length <= 0) return;
    if (fd == 1) record('A', 0, 0, data, (size_t)length, NULL, NULL);
    else if (path_of(fd, path)) {
        if (offset < 0) offset = (long long)lseek(fd, 0, SEEK_CUR) - length;
        record('W', inode_of(fd), offset, data, (size_t)length, path, NULL);
    }
}

/* Whether a call on a file fails now. */
static int fails(int fd) {
    char path[PATH_MAX];
    if (!fail_one_in || fd == 1 || !path_of(fd, path)) return 0;
    /* Threads may draw the same number; it need not be the same in each run. */
    fail_state = fail_state * 6364136223846793005ul + 1442695040888963407ul;
    if ((fail_state >> 33) % fail_one_in) return 0;
    errno = (fail_state >> 32) & 1 ? EIO : ENOSPC;
    return 1;
}

/* A part may be on the disk. */
static ssize_t fail_write(int fd, const void *data, size_t length, off64_t offset) {
    int kept = errno;
    size_t part = (fail_state >> 40) % (length + 1);
    if (offset >= 0) REAL(pwrite64)(fd, data, part, offset);
    errno = kept;
    return -1;
}

#define LOCKED(type, call, after)         \
    do {                                  \
        pthread_mutex_lock(&lock);        \
        type result = (call);             \
        int kept = errno;                 \
        after;                            \
        errno = kept;                     \
        pthread_mutex_unlock(&lock);      \
        return result;                    \
    } while (0)

ssize_t write(int fd, const void *data, size_t length) {
    if (fails(fd)) return -1;
    LOCKED(ssize_t, REAL(write)(fd, data, length), record_write(fd, -1, data, result));
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
    if (fails(fd)) return fail_write(fd, data, length, offset);
    LOCKED(ssize_t, REAL(pwrite)(fd, data, length, offset), record_write(fd, offset, data, result));
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
    if (fails(fd)) return fail_write(fd, data, length, offset);
    LOCKED(ssize_t, REAL(pwrite64)(fd, data, length, offset), record_write(fd, offset, data, result));
}

/* Written one by one, which is allowed: less than everything may be written. */
ssize_t writev(int fd, const struct iovec *parts, int count) {
    for (int i = 0; i < count; i++)
        if (parts[i].iov_len) return write(fd, parts[i].iov_base, parts[i].iov_len);
    return write(fd, "", 0);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
    for (int i = 0; i < count; i++)
        if (parts[i].iov_len) return pwrite(fd, parts[i].iov_base, parts[i].iov_len, offset);
    return 0;
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) {
    return pwritev(fd, parts, count, offset);
}

/* Copies within the kernel would not be seen; whoever cannot have them reads and writes. */
#define REFUSED(fd, call)                            \
    do {                                             \
        char path[PATH_MAX];                         \
        if (fd != 1 && !path_of(fd, path)) return call; \
        errno = ENOSYS;                              \
        return -1;                                   \
    } while (0)

ssize_t copy_file_range(int in, off64_t *in_offset, int out, off64_t *out_offset, size_t length, unsigned flags) {
    REFUSED(out, REAL(copy_file_range)(in, in_offset, out, out_offset, length, flags));
}

ssize_t sendfile(int out, int in, off_t *offset, size_t length) {
    REFUSED(out, REAL(sendfile)(out, in, offset, length));
}

ssize_t sendfile64(int out, int in, off64_t *offset, size_t length) {
    REFUSED(out, REAL(sendfile64)(out, in, offset, length));
}

static void record_truncate(int fd, int result, long long length) {
    char path[PATH_MAX];
    if (result == 0 && path_of(fd, path)) record('T', inode_of(fd), length, NULL, 0, path, NULL);
}

int ftruncate(int fd, off_t length) {
    if (fails(fd)) return -1;
    LOCKED(int, REAL(ftruncate)(fd, length), record_truncate(fd, result, length));
}

int ftruncate64(int fd, off64_t length) {
    if (fails(fd)) return -1;
    LOCKED(int, REAL(ftruncate64)(fd, length), record_truncate(fd, result, length));
}

/* Space that is set aside, and seen as a longer file, is not on record; a program has to do without. */
int posix_fallocate(int fd, off_t offset, off_t length) {
    char path[PATH_MAX];
    if (!path_of(fd, path)) return REAL(posix_fallocate)(fd, offset, length);
    return EOPNOTSUPP;
}

int posix_fallocate64(int fd, off64_t offset, off64_t length) { return posix_fallocate(fd, offset, length); }

int fallocate(int fd, int mode, off_t offset, off_t length) {
    char path[PATH_MAX];
    if (!path_of(fd, path)) return REAL(fallocate)(fd, mode, offset, length);
    errno = EOPNOTSUPP;
    return -1;
}

int fallocate64(int fd, int mode, off64_t offset, off64_t length) { return fallocate(fd, mode, offset, length); }

static void record_sync(int fd, int result) {
    char path[PATH_MAX];
    struct stat status;
    if (result == 0 && path_of(fd, path) && fstat(fd, &status) == 0)
        record(S_ISDIR(status.st_mode) ? 'F' : 'S', (unsigned long)status.st_ino, 0, NULL, 0, path, NULL);
}

int fsync(int fd) {
    if (fails(fd)) return -1;
    LOCKED(int, REAL(fsync)(fd), record_sync(fd, result));
}

int fdatasync(int fd) {
    if (fails(fd)) return -1;
    LOCKED(int, REAL(fdatasync)(fd), record_sync(fd, result));
}

static int open_at(int at, const char *path, int flags, mode_t mode) {
    char where[PATH_MAX];
    pthread_mutex_lock(&lock);
    int is_ours = (flags & (O_CREAT | O_TRUNC)) && resolve(at, path, where);
    struct stat before;
    int was_there = is_ours && fstatat(at, path, &before, 0) == 0;
    int fd = REAL(openat)(at, path, flags, mode);
    int kept = errno;
    if (fd >= 0 && is_ours && path_of(fd, where)) {
        if (!was_there) record('C', inode_of(fd), 0, NULL, 0, where, NULL);
        else if ((flags & O_TRUNC) && before.st_size > 0) record('T', inode_of(fd), 0, NULL, 0, where, NULL);
    }
    errno = kept;
    pthread_mutex_unlock(&lock);
    return fd;
}

#define MODE                                                   \
    mode_t mode = 0;                                           \
    if (flags & (O_CREAT | __O_TMPFILE)) {                     \
        va_list more;                                          \
        va_start(more, flags);                                 \
        mode = va_arg(more, mode_t);                           \
        va_end(more);                                          \
    }

int open(const char *path, int flags, ...) {
    MODE return open_at(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    MODE return open_at(AT_FDCWD, path, flags | O_LARGEFILE, mode);
}

int openat(int at, const char *path, int flags, ...) {
    MODE return open_at(at, path, flags, mode);
}

int openat64(int at, const char *path, int flags, ...) {
    MODE return open_at(at, path, flags | O_LARGEFILE, mode);
}

int creat(const char *path, mode_t mode) { return open_at(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, mode); }

int creat64(const char *path, mode_t mode) { return creat(path, mode); }

/* A move into the folder or out of it would need the content too; programs under test have no reason for one. */
static int rename_at(int from_at, const char *from, int to_at, const char *to, unsigned flags) {
    char a[PATH_MAX], b[PATH_MAX];
    pthread_mutex_lock(&lock);
    int is_ours = resolve(from_at, from, a), is_into_ours = resolve(to_at, to, b);
    if (is_ours != is_into_ours || (is_ours && (flags & ~(unsigned)RENAME_NOREPLACE))) {
        pthread_mutex_unlock(&lock);
        errno = is_ours != is_into_ours ? EXDEV : EINVAL;
        return -1;
    }
    int result = flags ? REAL(renameat2)(from_at, from, to_at, to, flags) : REAL(renameat)(from_at, from, to_at, to);
    if (result == 0 && is_ours) record('R', inode_at(b), 0, NULL, 0, a, b);
    pthread_mutex_unlock(&lock);
    return result;
}

int rename(const char *from, const char *to) { return rename_at(AT_FDCWD, from, AT_FDCWD, to, 0); }

int renameat(int from_at, const char *from, int to_at, const char *to) { return rename_at(from_at, from, to_at, to, 0); }

int renameat2(int from_at, const char *from, int to_at, const char *to, unsigned flags) {
    return rename_at(from_at, from, to_at, to, flags);
}

int unlinkat(int at, const char *path, int flags) {
    char where[PATH_MAX];
    int is_ours = resolve(at, path, where);
    LOCKED(int, REAL(unlinkat)(at, path, flags),
           if (result == 0 && is_ours) record(flags & AT_REMOVEDIR ? 'X' : 'U', 0, 0, NULL, 0, where, NULL));
}

int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }

int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

int mkdirat(int at, const char *path, mode_t mode) {
    char where[PATH_MAX];
    int is_ours = resolve(at, path, where);
    LOCKED(int, REAL(mkdirat)(at, path, mode),
           if (result == 0 && is_ours) record('D', inode_at(where), 0, NULL, 0, where, NULL));
}

int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

int linkat(int from_at, const char *from, int to_at, const char *to, int flags) {
    char a[PATH_MAX], b[PATH_MAX];
    int is_ours = resolve(to_at, to, b);
    const char *source = resolve(from_at, from, a) ? a : NULL;
    LOCKED(int, REAL(linkat)(from_at, from, to_at, to, flags),
           if (result == 0 && is_ours) record('L', inode_at(b), 0, NULL, 0, b, source));
}

int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }
