// SPDX-License-Identifier: Apache-2.0
#include "host/cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

namespace hedgestorm::cli {

std::optional<int> terminal_width() {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    return std::nullopt;
}

TableStyle terminal_style() {
    TableStyle style;
    style.width = terminal_width().value_or(style.width);
    if (isatty(STDOUT_FILENO) == 1) style.emphasis = Emphasis::bold;
    return style;
}

}  // namespace hedgestorm::cli
