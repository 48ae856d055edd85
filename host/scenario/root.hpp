// SPDX-License-Identifier: Apache-2.0
#pragma once

// The folder a scenario lives in. Files it names are looked for inside it and nowhere else, so a
// scenario from somebody else reads nothing but its own folder.

#include <filesystem>
#include <optional>
#include <string>

#include "host/scenario/document.hpp"
#include "host/scenario/problems.hpp"

namespace hedgestorm::scenario {

/// A file named in a scenario: its text and where it came from.
struct NamedFile {
    std::filesystem::path path;  ///< canonical
    std::string text;
    SourcePtr source;
};

class Root {
  public:
    /// The folder of the scenario file given on the command line.
    explicit Root(const std::filesystem::path& scenario_file);

    /// The file that `node` (the value of `key`) names, relative to the file it stands in. Adds to
    /// `problems` and gives nothing where it is outside the folder or cannot be read.
    std::optional<NamedFile> read(const Node& node, const std::string& key,
                                  Problems& problems) const;

  private:
    std::filesystem::path folder_;
};

}  // namespace hedgestorm::scenario
