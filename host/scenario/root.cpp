// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/root.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "host/scenario/scalar.hpp"
#include "host/scenario/text_file.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::scenario {

namespace fs = std::filesystem;

namespace {

fs::path resolved_path(const fs::path& path) {
    std::error_code error;
    fs::path result = fs::weakly_canonical(fs::absolute(path, error), error);
    return error ? path.lexically_normal() : result;
}

bool inside(const fs::path& path, const fs::path& folder) {
    const auto [end, ignored] =
        std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
    return end == folder.end();
}

}  // namespace

Root::Root(const fs::path& scenario_file) : folder_(resolved_path(scenario_file).parent_path()) {}

std::optional<NamedFile> Root::read(const Node& node, const std::string& key,
                                    Problems& problems) const {
    const auto refuse = [&](std::string message, std::string hint = {}) {
        problems.add(node.place, key, std::move(message), std::move(hint));
        return std::nullopt;
    };
    const std::string* name = text_in(node);
    if (name == nullptr)
        return refuse(fmt::format("is {}, must be the name of a file", shown(node)));
    if (name->empty() || name->find('\0') != std::string::npos || name->size() > 4096)
        return refuse(fmt::format("is {}, which names no file", shown(node)));
    const fs::path named(*name);
    if (named.is_absolute())
        return refuse(fmt::format("{} is an absolute path", shown(node)),
                      "name it relative to the file that names it");
    const fs::path written = (node.place.source->folder / named).lexically_normal();
    const fs::path path = resolved_path(written);
    if (!inside(path, folder_))
        return refuse(fmt::format("{} is outside the scenario's folder", shown(node)),
                      fmt::format("keep it inside {}", escaped(folder_.string())));
    std::error_code error;
    if (!fs::exists(path, error))
        return refuse(fmt::format("there is no file {}", escaped(written.string())));
    if (!fs::is_regular_file(path, error))
        return refuse(fmt::format("{} is not a file", escaped(written.string())));
    const auto source = std::make_shared<Source>(Source{written.string(), written.parent_path()});
    try {
        std::optional<std::string> text = read_text(path, source, problems);
        if (!text) return std::nullopt;
        return NamedFile{path, std::move(*text), source};
    } catch (const FileError& unreadable) {
        return refuse(unreadable.what());
    }
}

}  // namespace hedgestorm::scenario
