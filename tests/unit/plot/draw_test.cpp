// SPDX-License-Identifier: Apache-2.0
//
// Pages through gnuplot itself. Text that tries to be a command must come out as that text.

#include "host/plot/draw.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <initializer_list>
#include <string>

#include "host/plot/gnuplot_script.hpp"
#include "tests/support/require.hpp"
#include "tests/support/temp_folder.hpp"

namespace hedgestorm::plot {
namespace {

Page a_page(const std::string& text) {
    Page page;
    page.width = 400;
    page.height = 300;
    Panel panel;
    panel.box = {0.1, 0.1, 0.9, 0.9};
    panel.x = {0.0, 2.0, Scale::linear, {{0.0, text}, {2.0, "2"}}};
    panel.y = {1.0, 100.0, Scale::logarithmic, {{1.0, "1"}, {100.0, "100 %d %s"}}};
    panel.spans = {{0.5, 1.0, {0xeeeeee}}};
    panel.bands = {{{0.0, 1.0, 2.0}, {2.0, 3.0, 4.0}, {20.0, 30.0, 90.0}, {0x86bbd0}}};
    panel.uprights = {{1.0, {{0x0000ff}, 1.0}}};
    panel.curves = {{{0.0, 1.0, 2.0}, {5.0, 6.0, 7.0}, {{0xd55e00}, 2.0}}};
    page.panels = {panel, panel};
    page.boxes = {{{0.0, 0.0, 0.1, 0.05}, {0x123456}}};
    page.lines = {{0.0, 0.0, 1.0, 1.0, {{0x654321}, 1.0}}};
    page.texts = {{0.5, 0.95, text, 12.0, {0x22303c}, Align::centre, Weight::bold}};
    return page;
}

/// Whether gnuplot is here; a test without it must say so.
bool has_gnuplot() {
    try {
        require_gnuplot();
        return true;
    } catch (const DrawingError&) {
        return false;
    }
}

class Draw : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!has_gnuplot()) HS_SKIP_OR_FAIL("gnuplot", "gnuplot is not installed");
    }
};

TEST_F(Draw, MakesSvgWithEverythingOnThePage) {
    const std::string svg = draw(a_page("a title"), Format::svg);
    EXPECT_TRUE(svg.starts_with("<?xml"));
    EXPECT_NE(svg.find("</svg>"), std::string::npos);
    for (const char* part : {"width=\"400\" height=\"300\"", ">a title<", "font-weight=\"bold\"",
                             "sans-serif", ">100 %d %s<", "rgb(134, 187, 208)"})
        EXPECT_NE(svg.find(part), std::string::npos) << part << "\n" << svg;
}

TEST_F(Draw, MakesPngOfTheSize) {
    const std::string png = draw(a_page("a title"), Format::png);
    ASSERT_GT(png.size(), 1000u);
    EXPECT_EQ(png.substr(0, 8), "\x89PNG\r\n\x1a\n");
    EXPECT_EQ(png.substr(16, 8), std::string("\0\0\x01\x90\0\0\x01\x2c", 8));
}

TEST_F(Draw, GivesTheSameBytesEachTime) {
    EXPECT_EQ(draw(a_page("twice"), Format::svg), draw(a_page("twice"), Format::svg));
}

TEST_F(Draw, TakesNoTextForACommand) {
    const test::TempFolder folder;
    const std::string made = (folder.path() / "made").string();
    const std::string touch = "touch " + made;
    for (const std::string& text : std::initializer_list<std::string>{
             "`" + touch + "`", "\"; system('" + touch + "') #", "'; !" + touch + "\n!" + touch,
             "$(" + touch + ")", "@GPFUN_sin", "END\nsystem(\"" + touch + "\")\n",
             "\\\"`" + touch + "`", "{/Symbol a}_b^c ~a{.8-}", "%1.3f %n %s", "<b>&amp;</b>"}) {
        const std::string svg = draw(a_page(text), Format::svg);
        EXPECT_FALSE(std::filesystem::exists(made)) << text;
        EXPECT_NE(svg.find("</svg>"), std::string::npos) << text;
    }
    EXPECT_NE(draw(a_page("a_b^c 50% & <b> \"q\" 'p' \\n 1,234"), Format::svg)
                  .find(">a_b^c 50% &amp; &lt;b> \"q\" 'p' \\n 1,234<"),
              std::string::npos);
}

TEST(GnuplotText, IsAsciiWithoutAnythingThatMeansSomething) {
    EXPECT_EQ(quoted("a B"), "\"a B\"");
    EXPECT_EQ(quoted("`$\"\\'\n9"), "\"\\140\\044\\042\\134\\047 \\071\"");
    EXPECT_EQ(quoted("\xC3\xBC"), "\"\\303\\274\"");
    EXPECT_EQ(quoted("x\xFFy"), "\"x\\077y\"");
}

TEST(GnuplotMissing, IsSaidWithWhatToInstall) {
    const std::string path = std::getenv("PATH") == nullptr ? "" : std::getenv("PATH");
    setenv("PATH", "/nonexistent", 1);
    std::string said;
    try {
        require_gnuplot();
    } catch (const DrawingError& error) {
        said = error.what();
        EXPECT_EQ(error.code(), ExitCode::report);
    }
    setenv("PATH", path.c_str(), 1);
    EXPECT_NE(said.find("apt-get install gnuplot-nox"), std::string::npos) << said;
}

}  // namespace
}  // namespace hedgestorm::plot
