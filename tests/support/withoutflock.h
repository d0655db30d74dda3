// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QThread>

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <cstddef>
#include <functional>
#include <memory>

/// Does something on a thread of its own whose flock() fails with that errno, as on a file system without
/// such locks; so do the threads that it starts. False where the system does not let a thread give up system
/// calls: then nothing was done. Thread: any; waits.
inline bool withoutFlock(unsigned int error, const std::function<void()> &work)
{
    bool done = false;
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        sock_filter steps[] = {
            BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_flock, 0, 1),
            BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error),
            BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        };
        const sock_fprog program{std::size(steps), steps};
        if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0
            || ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
            return;
        work();
        done = true;
    }));
    thread->start();
    thread->wait();
    return done;
}
