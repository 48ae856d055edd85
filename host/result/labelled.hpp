// SPDX-License-Identifier: Apache-2.0
#pragma once

// Numbers over labelled dimensions: what a sweep, a search or a tuning leaves in a file, and what
// `show` prints of it. A file of it opens in h5py and xarray as one labelled dataset.

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "host/result/meaning.hpp"
#include "host/result/output_file.hpp"

namespace hedgestorm::result {

/// A dimension, with words or numbers along it.
struct LabelledDimension {
    std::string name;
    std::vector<std::string> words;  ///< or else
    std::vector<double> numbers;
    Meaning meaning;

    std::size_t size() const { return words.empty() ? numbers.size() : words.size(); }
};

struct LabelledArray {
    std::string name;
    std::vector<std::string> dimensions;
    std::vector<double> values;  ///< row-major
    Meaning meaning;
};

struct Labelled {
    std::string kind;   ///< "sweep", "tornado", "reverse", "tune"
    std::string title;  ///< name of the scenario or tune file
    std::map<std::string, std::string> attributes;
    std::vector<LabelledDimension> dimensions;
    std::vector<LabelledArray> arrays;
    std::map<std::string, std::string> texts;  ///< files as given, notes

    const LabelledDimension& dimension(const std::string& name) const;
    /// Throws FileError where there is none.
    const LabelledArray& array(const std::string& name) const;
    /// Attribute, or "".
    std::string attribute(const std::string& name) const;
};

/// Writes it with program, version and time beside it; FileError as host/result/output_file.hpp
/// says.
void write(const Labelled& labelled, const std::filesystem::path& path, Overwrite overwrite);

/// The kind of a file: "" for the result of a run. Throws FileError as read() does.
std::string kind_of(const std::filesystem::path& path);

/// Reads what write() wrote. Throws FileError.
Labelled read_labelled(const std::filesystem::path& path);

}  // namespace hedgestorm::result
