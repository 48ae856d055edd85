// SPDX-License-Identifier: Apache-2.0
#pragma once

// The arrays and attributes of one group of a result file, read back with their shapes checked.
//
// Nothing in the file is trusted: a missing name, another type, another shape or an absurd size is
// a Failure, never a wrong number.

#include <cstdint>
#include <string>
#include <vector>

#include "host/result/hdf5.hpp"

namespace hedgestorm::result {

class TableReader {
  public:
    /// The group `name` of `file`.
    TableReader(hid_t file, const std::string& name);

    /// True if the group itself holds something called `name`.
    bool has(const std::string& name) const;

    /// The numbers of a dataset whose dimensions must be `shape`, row-major. An array with an empty
    /// dimension was never written and need not be there.
    std::vector<double> numbers(const std::string& name, const std::vector<hsize_t>& shape) const;
    std::vector<unsigned long> counts(const std::string& name,
                                      const std::vector<hsize_t>& shape) const;
    double number(const std::string& name) const { return numbers(name, {}).at(0); }

    /// All the numbers, words or bytes of a one-dimensional dataset; none if it is not there.
    std::vector<double> list(const std::string& name) const;
    std::vector<std::string> words(const std::string& name) const;
    std::string text(const std::string& name) const;

    std::string string_attribute(const std::string& name) const;
    double real_attribute(const std::string& name) const;
    unsigned long count_attribute(const std::string& name) const;

    /// Dimensions of a dataset.
    std::vector<hsize_t> shape_of(const std::string& name) const;

  private:
    hdf5::Handle open(const std::string& name) const;
    template <class T>
    std::vector<T> read(const std::string& name, hid_t dataset, std::size_t count) const;
    template <class T>
    T read_attribute(const std::string& name) const;

    std::string prefix_;
    hdf5::Handle group_;
};

/// True if `file` holds a group at `path`, such as "/paired".
bool has_group(hid_t file, const std::string& path);

}  // namespace hedgestorm::result
