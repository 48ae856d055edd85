// SPDX-License-Identifier: Apache-2.0
#pragma once

// A test that needs what this machine may lack skips and says why; HEDGESTORM_REQUIRE=gpu,avx512
// turns the skips for those capabilities into failures, so that a green run proves they ran.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

namespace hedgestorm::test {

/// True if `capability` is one of the comma-separated words of HEDGESTORM_REQUIRE.
inline bool is_required(const std::string& capability) {
    const char* list = std::getenv("HEDGESTORM_REQUIRE");
    if (list == nullptr) return false;
    return ("," + std::string(list) + ",").find("," + capability + ",") != std::string::npos;
}

/// The folder of public price series, if this machine has it: HEDGESTORM_SHARED_DATA, else
/// ../shared/data beside the checkout.
inline std::optional<std::filesystem::path> shared_data() {
    const char* given = std::getenv("HEDGESTORM_SHARED_DATA");
    const std::filesystem::path folder =
        given != nullptr ? std::filesystem::path(given)
                         : std::filesystem::path(HEDGESTORM_SOURCE_DIR) / "../shared/data";
    if (!std::filesystem::is_directory(folder)) return std::nullopt;
    return folder;
}

}  // namespace hedgestorm::test

/// Leaves the running test: skipped with its reason, or failed if the capability is required.
#define HS_SKIP_OR_FAIL(capability, reason)                                             \
    do {                                                                                \
        if (::hedgestorm::test::is_required(capability))                                \
            GTEST_FAIL() << "required but missing: " << (capability) << ": " << reason; \
        GTEST_SKIP() << (capability) << ": " << reason;                                 \
    } while (false)
