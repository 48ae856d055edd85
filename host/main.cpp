// SPDX-License-Identifier: Apache-2.0

#include "host/cli/commands.hpp"

int main(int argc, char** argv) {
    return hedgestorm::cli::main(argc, argv);
}
