// SPDX-License-Identifier: Apache-2.0
#pragma once

// A group of an HDF5 file as labelled arrays over named dimensions, the way netCDF-4 lays them out:
// h5py, xarray and HDFView open it as tables.
//
// Dimensions come first, then the arrays over them. A dimension of size 0 is not written, nor is
// any array over it. Arrays are chunked, compressed and checksummed; missing is NaN.

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/result/hdf5.hpp"
#include "host/result/meaning.hpp"

namespace hedgestorm::result {

class Table {
  public:
    /// The group `name` of `file`, made unless it is "/".
    Table(hid_t file, const std::string& name);

    /// A dimension whose coordinate is a list of words.
    void words(const std::string& dimension, const std::vector<std::string>& values,
               const Meaning& meaning);
    /// A dimension whose coordinate is a list of numbers.
    template <class T>
    void numbers(const std::string& dimension, std::span<const T> values, const Meaning& meaning);
    /// A dimension without a coordinate.
    void plain(const std::string& dimension, std::size_t size, const Meaning& meaning);

    /// An array over dimensions made before; `values` in row-major order.
    template <class T>
    void array(const std::string& name, const std::vector<std::string>& dimensions,
               std::span<const T> values, const Meaning& meaning);
    void array(const std::string& name, const std::vector<std::string>& dimensions,
               const std::vector<std::string>& values, const Meaning& meaning);
    template <class T>
    void scalar(const std::string& name, T value, const Meaning& meaning);
    /// UTF-8 text as bytes, over a dimension of its own; nothing if empty.
    void text(const std::string& name, std::string_view value, const Meaning& meaning);

    void attribute(const std::string& name, const std::string& value);
    template <class T>
    requires std::is_arithmetic_v<T>
    void attribute(const std::string& name, T value);

  private:
    struct Dimension {
        hsize_t size = 0;
        std::string scale;  ///< path of its dataset; empty where size is 0
    };

    /// Dimension sizes of an array; empty if one of them is 0.
    std::vector<hsize_t> shape(const std::vector<std::string>& dimensions) const;
    hdf5::Handle make(const std::string& name, hid_t type, const std::vector<hsize_t>& shape,
                      bool filtered, const Meaning& meaning);
    void make_scale(hid_t dataset, const std::string& dimension, hsize_t size);
    void attach(hid_t dataset, const std::string& name, const std::vector<std::string>& dimensions);
    void write(hid_t dataset, hid_t type, const void* values, const std::string& name);

    std::string prefix_;
    hdf5::Handle group_;
    std::map<std::string, Dimension> dimensions_;
};

}  // namespace hedgestorm::result
