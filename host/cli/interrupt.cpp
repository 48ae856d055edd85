// SPDX-License-Identifier: Apache-2.0
#include "host/cli/interrupt.hpp"

#include <csignal>

namespace hedgestorm::cli {

namespace {

std::atomic<bool> interrupted = false;

}  // namespace

InterruptWatch::InterruptWatch() {
    interrupted = false;
    for (const int signal : {SIGINT, SIGTERM})
        std::signal(signal, [](int) {
            interrupted = true;
            std::signal(SIGINT, SIG_DFL);
            std::signal(SIGTERM, SIG_DFL);
        });
}

InterruptWatch::~InterruptWatch() {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
}

const std::atomic<bool>* InterruptWatch::flag() const {
    return &interrupted;
}

}  // namespace hedgestorm::cli
