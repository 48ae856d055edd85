// SPDX-License-Identifier: Apache-2.0

// hedgestorm_gpu_check [--small] OUTDIR SCENARIO...
//
// Compares cuda:0 with the CPU engines bit by bit on the scenarios and on some of its own in every
// market, and its random words with theirs; then times the common jobs. Writes OUTDIR/gpu-check.txt
// and .json. --small: little work and no timing, for a memory checker. Exit codes: 0 all the same,
// 1 something differs, 2 wrong usage, 4 no GPU or it failed.

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "bench/gpu_check/device.hpp"
#include "bench/gpu_check/parity.hpp"
#include "bench/gpu_check/report.hpp"
#include "bench/gpu_check/timing.hpp"
#include "hedgestorm/engine.hpp"
#include "host/support/build_info.hpp"

namespace {

using namespace hedgestorm;
using namespace hedgestorm::gpu_check;

constexpr int differs = 1;
constexpr int wrong_usage = 2;
constexpr int no_gpu = 4;

const EngineOffer& gpu_offer() {
    const View<EngineOffer> offers = engine_offers();
    for (std::uint32_t i = 0; i < offers.size; ++i) {
        if (offers[i].gpu) return offers[i];
    }
    return offers[offers.size - 1];
}

void write(const std::filesystem::path& file, const std::string& text) {
    std::ofstream out(file);
    out << text;
    out.close();
    if (!out) throw std::runtime_error(fmt::format("{} could not be written", file.string()));
}

void check_words(Report& report) {
    const Words words = compare_words_with_curand();
    report.check("random words, cuRAND on the device",
                 words.failure.empty() && words.different == 0,
                 words.failure.empty()
                     ? fmt::format("{} of {} blocks differ", words.different, words.compared)
                     : words.failure);
}

int run(Size size, const std::filesystem::path& folder, const std::vector<std::string>& scenarios) {
    const EngineOffer& gpu = gpu_offer();
    if (!gpu.gpu || !gpu.available) {
        fmt::print(stderr, "hedgestorm_gpu_check: nothing to check: {}\n",
                   gpu.gpu ? gpu.reason : "this build has no CUDA");
        return no_gpu;
    }
    fmt::print("{}: {}, commit {}\n", gpu.name, gpu.device, build_info().commit);
    Report report;
    check_words(report);
    for (const std::string& file : scenarios) check_parity(file, size, report);
    check_parity_of_other_markets(size, report);
    if (size == Size::usual) time_jobs(report);
    if (size == Size::usual) {
        const std::string commit =
            fmt::format("{}{}", build_info().commit, build_info().dirty ? " (changed)" : "");
        std::filesystem::create_directories(folder);
        write(folder / "gpu-check.txt",
              fmt::format("{}, commit {}\n\n{}", gpu.device, commit, report.table()));
        write(folder / "gpu-check.json", report.json(gpu.device, commit));
    }
    fmt::print("\n{}", report.table());
    return report.passed() ? 0 : differs;
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::string> words(argv + 1, argv + argc);
    Size size = Size::usual;
    if (!words.empty() && words.front() == "--small") {
        size = Size::small;
        words.erase(words.begin());
    }
    if (words.size() < 2) {
        fmt::print(stderr, "usage: hedgestorm_gpu_check [--small] OUTDIR SCENARIO...\n");
        return wrong_usage;
    }
    try {
        return run(size, words.front(), {words.begin() + 1, words.end()});
    } catch (const std::exception& error) {
        fmt::print(stderr, "hedgestorm_gpu_check: {}\n", error.what());
        return no_gpu;
    }
}
