// SPDX-License-Identifier: Apache-2.0
#pragma once

// Threads that share one job, and whoever started them reporting how far they are.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include "host/support/error.hpp"

namespace hedgestorm::run {

/// Calls work(0) … work(members - 1), a thread each, or as many of them as the system gives
/// threads; calls report() every `pause` seconds meanwhile. The first failure, in a thread or in
/// report(), raises `stop` and is thrown again once all have ended. Throws CapacityError without
/// any thread.
template <class Work, class Report>
void work_together(std::size_t members, double pause, std::atomic<bool>& stop, const Work& work,
                   const Report& report) {
    std::mutex mutex;
    std::condition_variable finished;
    std::exception_ptr failure;
    std::size_t running = members;
    const auto member = [&](std::size_t number) {
        std::exception_ptr mine;
        try {
            work(number);
        } catch (...) {
            mine = std::current_exception();
        }
        const std::scoped_lock lock(mutex);
        if (mine && !failure) failure = mine;
        if (mine) stop = true;
        --running;
        finished.notify_one();
    };
    std::vector<std::thread> threads;
    threads.reserve(members);
    for (std::size_t number = 0; number < members; ++number) {
        try {
            threads.emplace_back(member, number);
        } catch (const std::system_error&) {
            // A system that gives no more threads: the ones there are do the work.
            const std::scoped_lock lock(mutex);
            running -= members - number;
            break;
        }
    }
    if (threads.empty()) {
        throw CapacityError(
            "the system gives no thread to run on (close programs, or raise its limit)");
    }
    const auto all_finished = [&](double seconds) {
        std::unique_lock lock(mutex);
        return finished.wait_for(lock, std::chrono::duration<double>(seconds),
                                 [&] { return running == 0; });
    };
    try {
        while (!all_finished(pause)) report();
    } catch (...) {
        const std::scoped_lock lock(mutex);
        if (!failure) failure = std::current_exception();
        stop = true;
    }
    for (auto& thread : threads) thread.join();
    if (failure) std::rethrow_exception(failure);
}

}  // namespace hedgestorm::run
