// SPDX-License-Identifier: Apache-2.0
#include "host/result/table.hpp"

#include <fmt/format.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <limits>

namespace hedgestorm::result {

using hdf5::check;
using hdf5::Handle;

namespace {

// The fastest level: numbers of a histogram shrink little more at the higher ones.
constexpr unsigned deflate_level = 1;
constexpr hsize_t chunk_elements = 1u << 16;

Handle open_or_make(hid_t file, const std::string& name) {
    if (name == "/") return {H5Gopen2(file, "/", H5P_DEFAULT), H5Gclose, "opening the root group"};
    // Readers of netCDF-4 list what is in a group in the order it was made.
    Handle order(H5Pcreate(H5P_GROUP_CREATE), H5Pclose, "making group " + name);
    constexpr unsigned tracked = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
    check(H5Pset_link_creation_order(order, tracked), "making group " + name);
    check(H5Pset_attr_creation_order(order, tracked), "making group " + name);
    return {H5Gcreate2(file, name.c_str(), H5P_DEFAULT, order, H5P_DEFAULT), H5Gclose,
            "making group " + name};
}

Handle space_of(const std::vector<hsize_t>& shape) {
    const hid_t id = shape.empty()
                         ? H5Screate(H5S_SCALAR)
                         : H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr);
    return {id, H5Sclose, "describing an array"};
}

void put_attribute(hid_t object, const std::string& name, hid_t file_type, hid_t memory_type,
                   const void* value) {
    const std::string doing = "writing attribute " + name;
    const Handle attribute(
        H5Acreate2(object, name.c_str(), file_type, space_of({}), H5P_DEFAULT, H5P_DEFAULT),
        H5Aclose, doing);
    check(H5Awrite(attribute, memory_type, value), doing);
}

void put_attribute(hid_t object, const std::string& name, const std::string& value) {
    const Handle type = hdf5::string_type();
    const char* text = value.c_str();
    put_attribute(object, name, type, type, &text);
}

std::vector<const char*> pointers_to(const std::vector<std::string>& values) {
    std::vector<const char*> pointers;
    pointers.reserve(values.size());
    for (const std::string& value : values) pointers.push_back(value.c_str());
    return pointers;
}

/// Whole rows of the last dimensions, as many as fit; never more than the array holds.
std::vector<hsize_t> chunk_of(std::vector<hsize_t> shape) {
    hsize_t inner = 1;
    for (std::size_t i = shape.size(); i-- > 0;) {
        shape[i] = std::max<hsize_t>(1, std::min(shape[i], chunk_elements / inner));
        inner *= shape[i];
    }
    return shape;
}

}  // namespace

Table::Table(hid_t file, const std::string& name)
    : prefix_(name == "/" ? "/" : name + "/"), group_(open_or_make(file, name)) {}

std::vector<hsize_t> Table::shape(const std::vector<std::string>& dimensions) const {
    std::vector<hsize_t> sizes;
    sizes.reserve(dimensions.size());
    for (const std::string& name : dimensions) sizes.push_back(dimensions_.at(name).size);
    return std::find(sizes.begin(), sizes.end(), 0u) == sizes.end() ? sizes
                                                                    : std::vector<hsize_t>{};
}

Handle Table::make(const std::string& name, hid_t type, const std::vector<hsize_t>& shape,
                   bool filtered, const Meaning& meaning) {
    const std::string doing = "making dataset " + prefix_ + name;
    const Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, doing);
    check(H5Pset_attr_creation_order(properties, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED),
          doing);
    check(H5Pset_obj_track_times(properties, false), doing);
    if (filtered) {
        check(H5Pset_chunk(properties, static_cast<int>(shape.size()), chunk_of(shape).data()),
              doing);
        check(H5Pset_shuffle(properties), doing);
        check(H5Pset_deflate(properties, deflate_level), doing);
        check(H5Pset_fletcher32(properties), doing);
    }
    constexpr double missing = std::numeric_limits<double>::quiet_NaN();
    const bool real = H5Tget_class(type) == H5T_FLOAT;
    if (real) check(H5Pset_fill_value(properties, H5T_NATIVE_DOUBLE, &missing), doing);
    Handle dataset(H5Dcreate2(group_, name.c_str(), type, space_of(shape), H5P_DEFAULT, properties,
                              H5P_DEFAULT),
                   H5Dclose, doing);
    put_attribute(dataset, "long_name", meaning.long_name);
    put_attribute(dataset, "units", meaning.units);
    if (real) put_attribute(dataset, "_FillValue", type, H5T_NATIVE_DOUBLE, &missing);
    return dataset;
}

void Table::make_scale(hid_t dataset, const std::string& dimension, hsize_t size) {
    check(H5DSset_scale(dataset, dimension.c_str()), "making dimension " + prefix_ + dimension);
    dimensions_[dimension] = {size, prefix_ + dimension};
}

void Table::attach(hid_t dataset, const std::string& name,
                   const std::vector<std::string>& dimensions) {
    const std::string doing = "labelling dataset " + prefix_ + name;
    for (unsigned i = 0; i < dimensions.size(); ++i) {
        const Handle scale(
            H5Dopen2(group_, dimensions_.at(dimensions[i]).scale.c_str(), H5P_DEFAULT), H5Dclose,
            doing);
        check(H5DSattach_scale(dataset, scale, i), doing);
    }
}

void Table::write(hid_t dataset, hid_t type, const void* values, const std::string& name) {
    check(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values),
          "writing dataset " + prefix_ + name);
}

void Table::words(const std::string& dimension, const std::vector<std::string>& values,
                  const Meaning& meaning) {
    dimensions_[dimension] = {values.size(), {}};
    if (values.empty()) return;
    const std::vector<const char*> pointers = pointers_to(values);
    const Handle type = hdf5::string_type();
    const Handle dataset = make(dimension, type, {values.size()}, false, meaning);
    write(dataset, type, pointers.data(), dimension);
    make_scale(dataset, dimension, values.size());
}

template <class T>
void Table::numbers(const std::string& dimension, std::span<const T> values,
                    const Meaning& meaning) {
    dimensions_[dimension] = {values.size(), {}};
    if (values.empty()) return;
    const Handle dataset = make(dimension, hdf5::file_type<T>(), {values.size()}, true, meaning);
    write(dataset, hdf5::native_type<T>(), values.data(), dimension);
    make_scale(dataset, dimension, values.size());
}

void Table::plain(const std::string& dimension, std::size_t size, const Meaning& meaning) {
    dimensions_[dimension] = {size, {}};
    if (size == 0) return;
    // netCDF-4's mark for a dimension that is no variable; never written, it takes no space.
    const Handle dataset = make(dimension, H5T_IEEE_F32BE, {size}, false, meaning);
    const std::string mark =
        fmt::format("This is a netCDF dimension but not a netCDF variable.{:10}", size);
    check(H5DSset_scale(dataset, mark.c_str()), "making dimension " + prefix_ + dimension);
    dimensions_[dimension].scale = prefix_ + dimension;
}

template <class T>
void Table::array(const std::string& name, const std::vector<std::string>& dimensions,
                  std::span<const T> values, const Meaning& meaning) {
    const std::vector<hsize_t> sizes = shape(dimensions);
    if (sizes.empty()) return;
    const Handle dataset = make(name, hdf5::file_type<T>(), sizes, true, meaning);
    write(dataset, hdf5::native_type<T>(), values.data(), name);
    attach(dataset, name, dimensions);
}

void Table::array(const std::string& name, const std::vector<std::string>& dimensions,
                  const std::vector<std::string>& values, const Meaning& meaning) {
    const std::vector<hsize_t> sizes = shape(dimensions);
    if (sizes.empty()) return;
    const std::vector<const char*> pointers = pointers_to(values);
    const Handle type = hdf5::string_type();
    const Handle dataset = make(name, type, sizes, false, meaning);
    write(dataset, type, pointers.data(), name);
    attach(dataset, name, dimensions);
}

template <class T>
void Table::scalar(const std::string& name, T value, const Meaning& meaning) {
    const Handle dataset = make(name, hdf5::file_type<T>(), {}, false, meaning);
    write(dataset, hdf5::native_type<T>(), &value, name);
}

void Table::text(const std::string& name, std::string_view value, const Meaning& meaning) {
    plain(name + "_byte", value.size(), {"position in " + name});
    const auto* bytes = reinterpret_cast<const unsigned char*>(value.data());
    array<unsigned char>(name, {name + "_byte"}, {bytes, value.size()}, meaning);
}

void Table::attribute(const std::string& name, const std::string& value) {
    put_attribute(group_, name, value);
}

template <class T>
requires std::is_arithmetic_v<T>
void Table::attribute(const std::string& name, T value) {
    put_attribute(group_, name, hdf5::file_type<T>(), hdf5::native_type<T>(), &value);
}

template void Table::numbers(const std::string&, std::span<const double>, const Meaning&);
template void Table::numbers(const std::string&, std::span<const int>, const Meaning&);
template void Table::array(const std::string&, const std::vector<std::string>&,
                           std::span<const double>, const Meaning&);
template void Table::array(const std::string&, const std::vector<std::string>&,
                           std::span<const unsigned long>, const Meaning&);
template void Table::array(const std::string&, const std::vector<std::string>&,
                           std::span<const unsigned char>, const Meaning&);
template void Table::array(const std::string&, const std::vector<std::string>&,
                           std::span<const int>, const Meaning&);
template void Table::scalar(const std::string&, double, const Meaning&);
template void Table::attribute(const std::string&, double);
template void Table::attribute(const std::string&, int);
template void Table::attribute(const std::string&, unsigned long);

}  // namespace hedgestorm::result
