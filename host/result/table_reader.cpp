// SPDX-License-Identifier: Apache-2.0
#include "host/result/table_reader.hpp"

#include <cstring>

namespace hedgestorm::result {

using hdf5::check;
using hdf5::Failure;
using hdf5::Handle;

namespace {

/// More than any result holds; a damaged size asks for memory nobody has.
constexpr std::size_t most_elements = std::size_t{1} << 27;

std::size_t product(const std::vector<hsize_t>& shape) {
    std::size_t count = 1;
    for (const hsize_t size : shape) {
        if (size > most_elements || (size > 0 && count > most_elements / size))
            throw Failure("an array is larger than any result's");
        count *= size;
    }
    return count;
}

std::vector<hsize_t> shape_of_space(hid_t space) {
    const int rank = H5Sget_simple_extent_ndims(space);
    check(rank, "reading a shape");
    std::vector<hsize_t> shape(static_cast<std::size_t>(rank));
    check(H5Sget_simple_extent_dims(space, shape.data(), nullptr), "reading a shape");
    return shape;
}

/// Variable-length strings that HDF5 allocated, given back to it at the end.
class Strings {
  public:
    Strings(hid_t type, hid_t space, std::size_t count)
        : type_(type), space_(space), pointers_(count, nullptr) {}
    ~Strings() { H5Dvlen_reclaim(type_, space_, H5P_DEFAULT, pointers_.data()); }
    Strings(const Strings&) = delete;
    Strings& operator=(const Strings&) = delete;

    char** data() { return pointers_.data(); }
    std::vector<std::string> copy() const {
        std::vector<std::string> words;
        for (const char* word : pointers_) words.emplace_back(word == nullptr ? "" : word);
        return words;
    }

  private:
    hid_t type_;
    hid_t space_;
    std::vector<char*> pointers_;
};

void require_strings(hid_t stored, const std::string& name) {
    if (H5Tget_class(stored) != H5T_STRING || H5Tis_variable_str(stored) <= 0)
        throw Failure(name + " is not text");
}

void require_numbers(hid_t stored, const std::string& name) {
    const H5T_class_t kind = H5Tget_class(stored);
    if (kind != H5T_FLOAT && kind != H5T_INTEGER) throw Failure(name + " is not a number");
}

}  // namespace

TableReader::TableReader(hid_t file, const std::string& name)
    : prefix_(name == "/" ? "/" : name + "/"),
      group_(H5Gopen2(file, name.c_str(), H5P_DEFAULT), H5Gclose, "opening group " + name) {}

bool TableReader::has(const std::string& name) const {
    return H5Lexists(group_, name.c_str(), H5P_DEFAULT) > 0;
}

Handle TableReader::open(const std::string& name) const {
    const std::string doing = "reading dataset " + prefix_ + name;
    Handle dataset(H5Dopen2(group_, name.c_str(), H5P_DEFAULT), H5Dclose, doing);
    // A file from somebody else must not make us read, and then show, a third file.
    const Handle properties(H5Dget_create_plist(dataset), H5Pclose, doing);
    if (H5Pget_external_count(properties) != 0 || H5Pget_layout(properties) == H5D_VIRTUAL)
        throw Failure(doing + ": its values are in another file");
    return dataset;
}

std::vector<hsize_t> TableReader::shape_of(const std::string& name) const {
    const Handle dataset = open(name);
    return shape_of_space(Handle(H5Dget_space(dataset), H5Sclose, "reading a shape"));
}

template <class T>
std::vector<T> TableReader::read(const std::string& name, hid_t dataset, std::size_t count) const {
    const std::string doing = "reading dataset " + prefix_ + name;
    require_numbers(Handle(H5Dget_type(dataset), H5Tclose, doing), prefix_ + name);
    std::vector<T> values(count);
    check(H5Dread(dataset, hdf5::native_type<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
          doing);
    return values;
}

std::vector<double> TableReader::numbers(const std::string& name,
                                         const std::vector<hsize_t>& shape) const {
    const std::size_t count = product(shape);
    if (count == 0) return {};
    if (shape_of(name) != shape) throw Failure(prefix_ + name + " has another shape than expected");
    return read<double>(name, open(name), count);
}

std::vector<unsigned long> TableReader::counts(const std::string& name,
                                               const std::vector<hsize_t>& shape) const {
    const std::size_t count = product(shape);
    if (count == 0) return {};
    if (shape_of(name) != shape) throw Failure(prefix_ + name + " has another shape than expected");
    return read<unsigned long>(name, open(name), count);
}

std::vector<double> TableReader::list(const std::string& name) const {
    if (!has(name)) return {};
    const std::vector<hsize_t> shape = shape_of(name);
    if (shape.size() != 1) throw Failure(prefix_ + name + " is not a list");
    return numbers(name, shape);
}

std::vector<std::string> TableReader::words(const std::string& name) const {
    if (!has(name)) return {};
    const std::string doing = "reading dataset " + prefix_ + name;
    const std::vector<hsize_t> shape = shape_of(name);
    if (shape.size() != 1) throw Failure(prefix_ + name + " is not a list");
    const Handle dataset = open(name);
    require_strings(Handle(H5Dget_type(dataset), H5Tclose, doing), prefix_ + name);
    const Handle space(H5Dget_space(dataset), H5Sclose, doing);
    const Handle type = hdf5::string_type();
    Strings strings(type, space, product(shape));
    check(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, strings.data()), doing);
    return strings.copy();
}

std::string TableReader::text(const std::string& name) const {
    if (!has(name)) return {};
    const std::vector<hsize_t> shape = shape_of(name);
    if (shape.size() != 1) throw Failure(prefix_ + name + " is not a list");
    const auto bytes = read<unsigned char>(name, open(name), product(shape));
    return {bytes.begin(), bytes.end()};
}

template <class T>
T TableReader::read_attribute(const std::string& name) const {
    const std::string doing = "reading attribute " + name + " of " + prefix_;
    const Handle attribute(H5Aopen(group_, name.c_str(), H5P_DEFAULT), H5Aclose, doing);
    const Handle space(H5Aget_space(attribute), H5Sclose, doing);
    if (H5Sget_simple_extent_npoints(space) != 1) throw Failure(doing + ": not a single value");
    const Handle stored(H5Aget_type(attribute), H5Tclose, doing);
    if constexpr (std::is_same_v<T, std::string>) {
        require_strings(stored, name);
        const Handle type = hdf5::string_type();
        Strings strings(type, space, 1);
        check(H5Aread(attribute, type, strings.data()), doing);
        return strings.copy().front();
    } else {
        require_numbers(stored, name);
        T value = 0;
        check(H5Aread(attribute, hdf5::native_type<T>(), &value), doing);
        return value;
    }
}

std::string TableReader::string_attribute(const std::string& name) const {
    return read_attribute<std::string>(name);
}

double TableReader::real_attribute(const std::string& name) const {
    return read_attribute<double>(name);
}

unsigned long TableReader::count_attribute(const std::string& name) const {
    return read_attribute<unsigned long>(name);
}

bool has_group(hid_t file, const std::string& path) {
    return H5Lexists(file, path.c_str(), H5P_DEFAULT) > 0;
}

}  // namespace hedgestorm::result
