// SPDX-License-Identifier: Apache-2.0

#include "host/support/error.hpp"

#include <gtest/gtest.h>

#include "host/support/escape.hpp"
#include "host/support/sha256.hpp"

namespace hedgestorm {
namespace {

TEST(ProblemText, ReadsPlaceKeyMessageHint) {
    EXPECT_EQ(to_string({"a.toml", 3, 7, "market.spot", "is 0", "make it 1"}),
              "a.toml:3:7: market.spot: is 0 (make it 1)");
    EXPECT_EQ(to_string({"a.toml", 3, 0, "", "is wrong", ""}), "a.toml:3: is wrong");
    EXPECT_EQ(to_string({"a.toml", 0, 0, "k", "is wrong", ""}), "a.toml: k: is wrong");
    EXPECT_EQ(to_string({"", 0, 0, "", "is wrong", ""}), "is wrong");
}

TEST(ScenarioErrorText, HasALineForEveryProblemAndExitCode2) {
    const ScenarioError error({{"a", 1, 1, "k", "x", ""}, {"b", 2, 2, "l", "y", ""}});
    EXPECT_STREQ(error.what(), "a:1:1: k: x\nb:2:2: l: y");
    EXPECT_EQ(error.code(), ExitCode::scenario);
    EXPECT_EQ(error.problems().size(), 2u);
}

TEST(Escaped, KeepsTextAndShowsWhatATerminalWouldObey) {
    EXPECT_EQ(escaped("plain ü € 😀"), "plain ü € 😀");
    EXPECT_EQ(escaped("a\x1b[31m\nb\tc\r\x7f"), "a\\x1b[31m\\nb\\tc\\r\\x7f");
    EXPECT_EQ(escaped("\xC2\x9B"), "\\x9b");  // one-byte escape of 8-bit terminals
    EXPECT_EQ(escaped("a\xE2\x80\xAE"
                      "b"),
              "a\\u202eb");  // right-to-left override
    EXPECT_EQ(escaped("\xC3\x28\xFF"), "\\xc3(\\xff");
    EXPECT_EQ(escaped(std::string_view("\0", 1)), "\\x00");
}

TEST(Utf8Length, RefusesWhatIsNotUtf8) {
    EXPECT_EQ(utf8_length("a"), 1u);
    EXPECT_EQ(utf8_length("\xF0\x9F\x98\x80"), 4u);
    for (const char* wrong : {"", "\x80", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80",
                              "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82"})
        EXPECT_EQ(utf8_length(wrong), 0u);
}

TEST(Sha256, GivesThePublishedDigests) {  // FIPS 180-4, examples
    EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace hedgestorm
