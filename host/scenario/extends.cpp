// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/extends.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>
#include <vector>

#include "host/scenario/merge.hpp"

namespace hedgestorm::scenario {

namespace {

constexpr std::size_t longest_chain = 16;

}  // namespace

Node follow_extends(Node document, const std::filesystem::path& path, const Root& root,
                    Problems& problems) {
    std::error_code ignored;
    std::vector<std::filesystem::path> visited = {
        std::filesystem::weakly_canonical(std::filesystem::absolute(path, ignored), ignored)};
    std::vector<Node> chain;
    chain.push_back(std::move(document));
    while (Node* extends = chain.back().find("extends")) {
        const Node named = std::move(*extends);
        chain.back().as<Table>()->erase("extends");
        const auto file = root.read(named, "extends", problems);
        if (!file) break;
        if (std::find(visited.begin(), visited.end(), file->path) != visited.end()) {
            problems.add(named.place, "extends",
                         fmt::format("{} extends itself, by way of this file", file->source->name));
            break;
        }
        if (visited.size() >= longest_chain) {
            problems.add(named.place, "extends",
                         fmt::format("the chain of files is longer than {}", longest_chain));
            break;
        }
        visited.push_back(file->path);
        chain.push_back(parse(file->text, file->source, problems));
    }
    Node merged = std::move(chain.back());
    for (chain.pop_back(); !chain.empty(); chain.pop_back()) {
        merged.place = chain.back().place;
        merge(merged, std::move(chain.back()), problems);
    }
    return merged;
}

}  // namespace hedgestorm::scenario
