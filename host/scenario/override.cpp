// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/override.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "host/scenario/merge.hpp"
#include "host/scenario/nearest.hpp"
#include "host/scenario/scalar.hpp"

namespace hedgestorm::scenario {

namespace {

/// One step of a path: .key, ["name"] or [index].
struct Step {
    enum class Kind { key, name, index } kind;
    std::string text;
    std::size_t index = 0;
};

bool bare(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

/// Reads `policy["band 5"].half_width` up to the `=`.
class PathText {
  public:
    explicit PathText(std::string_view text) : rest_(text) {}

    /// The steps; nothing where it is not a path followed by `=`. `rest` is then the value.
    std::optional<std::vector<Step>> steps() {
        std::vector<Step> steps;
        while (true) {
            const auto key = word();
            if (!key) return std::nullopt;
            steps.push_back({Step::Kind::key, *key});
            while (take('[')) {
                const auto chosen = bracket();
                if (!chosen) return std::nullopt;
                steps.push_back(*chosen);
            }
            if (take('=')) return steps;
            if (!take('.')) return std::nullopt;
        }
    }
    std::string_view rest() const { return rest_; }

  private:
    bool take(char c) {
        while (rest_.starts_with(' ')) rest_.remove_prefix(1);
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    std::optional<std::string> quoted(char quote) {
        std::string text;
        while (!rest_.empty() && rest_.front() != quote) {
            if (quote == '"' && rest_.front() == '\\' && rest_.size() > 1) rest_.remove_prefix(1);
            text += rest_.front();
            rest_.remove_prefix(1);
        }
        if (rest_.empty()) return std::nullopt;
        rest_.remove_prefix(1);
        return text;
    }
    std::optional<std::string> word() {
        if (take('"')) return quoted('"');
        if (take('\'')) return quoted('\'');
        std::string text;
        while (!rest_.empty() && bare(rest_.front())) {
            text += rest_.front();
            rest_.remove_prefix(1);
        }
        return text.empty() ? std::nullopt : std::optional(text);
    }
    std::optional<Step> bracket() {
        const bool is_name = rest_.starts_with('"') || rest_.starts_with('\'');
        const auto inner = word();
        if (!inner || !take(']')) return std::nullopt;
        if (is_name) return Step{Step::Kind::name, *inner};
        const auto index = digits_in(*inner);
        if (!index) return Step{Step::Kind::name, *inner};  // the shell may have eaten the quotes
        return Step{Step::Kind::index, *inner, *index};
    }

    std::string_view rest_;
};

std::vector<std::string> names_of(const Array& items) {
    std::vector<std::string> names;
    for (const Node& item : items)
        if (const Node* name = item.find("name"))
            if (const std::string* text = text_in(*name)) names.push_back(*text);
    return names;
}

/// Walks a document along a path, making the tables that are not there yet.
class Walk {
  public:
    Walk(Node& document, const SourcePtr& source, Problems& problems)
        : here_(&document), place_{source, 0, 0}, problems_(problems) {}

    /// Puts `value` at the end of `steps`.
    void put(const std::vector<Step>& steps, Node value) {
        for (std::size_t i = 0; i + 1 < steps.size(); ++i)
            if (!go(steps[i], steps[i + 1])) return;
        const Step& last = steps.back();
        if (last.kind != Step::Kind::key) {
            if (Node* item = find_item(last)) *item = std::move(value);
        } else if (Table* table = table_here(last)) {
            replace(*table, last.text, std::move(value));
        }
    }

  private:
    bool go(const Step& step, const Step& next) {
        Node* found = nullptr;
        if (step.kind != Step::Kind::key) {
            found = find_item(step);
        } else if (Table* table = table_here(step)) {
            const bool list_next = next.kind != Step::Kind::key;
            Node fresh = {place_, Table{}};
            if (list_next) fresh.value = Array{};
            found = &table->try_emplace(step.text, std::move(fresh)).first->second;
        }
        if (found == nullptr) return false;
        path_ += step.kind == Step::Kind::key ? (path_.empty() ? "" : ".") + step.text
                                              : fmt::format("[{}]", step.text);
        here_ = found;
        return true;
    }

    Table* table_here(const Step& step) {
        if (Table* table = here_->as<Table>()) return table;
        if (here_->as<Array>() != nullptr)
            problems_.add(place_, path_,
                          fmt::format("is a list: say which one {} is of", step.text),
                          fmt::format("{0}[0].{1}, or {0}[\"name\"].{1}", path_, step.text));
        else
            problems_.add(place_, path_, fmt::format("is {}, not a table", kind_of(*here_)));
        return nullptr;
    }

    Node* find_item(const Step& step) {
        Array* items = here_->as<Array>();
        if (items == nullptr) {
            problems_.add(place_, path_, fmt::format("is {}, not a list", kind_of(*here_)));
            return nullptr;
        }
        if (step.kind == Step::Kind::index) {
            if (step.index < items->size()) return &(*items)[step.index];
            problems_.add(place_, fmt::format("{}[{}]", path_, step.text),
                          fmt::format("there are {} of them, counted from 0", items->size()));
            return nullptr;
        }
        const std::vector<std::string> names = names_of(*items);
        for (Node& item : *items) {
            const Node* name = item.find("name");
            const std::string* text = name == nullptr ? nullptr : text_in(*name);
            if (text != nullptr && *text == step.text) return &item;
        }
        problems_.add(place_, fmt::format("{}[\"{}\"]", path_, step.text), "there is none so named",
                      did_you_mean(step.text, names));
        return nullptr;
    }

    Node* here_;
    std::string path_;
    Place place_;
    Problems& problems_;
};

}  // namespace

void apply_override(Node& document, const std::string& text, const std::filesystem::path& folder,
                    Problems& problems) {
    const auto source = std::make_shared<Source>(Source{"--set " + text, folder});
    PathText path(text);
    const auto steps = path.steps();
    constexpr std::size_t longest_path = 16;
    if (!steps || steps->size() > longest_path || path.rest().empty()) {
        problems.add({source, 0, 0}, "", "is not key=value",
                     "for example --set simulation.paths=4e6 or --set 'policy[0].half_width=0.04'");
        return;
    }
    if (steps->front().text == "extends" && steps->size() == 1) {
        problems.add({source, 0, 0}, "extends", "cannot be set from the command line");
        return;
    }
    Node value = parse_value(std::string(path.rest()), source, problems);
    Walk(document, source, problems).put(*steps, std::move(value));
}

}  // namespace hedgestorm::scenario
