// SPDX-License-Identifier: Apache-2.0
#pragma once

// HDF5's C interface with owned handles and no unchecked return code; inside host/result only.
//
// Takes what the library returns, gives a value or a Failure that says what was being done and the
// library's innermost reason. Writer and reader turn a Failure into a FileError naming the file.

#include <hdf5.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace hedgestorm::result::hdf5 {

/// HDF5 refused: what was being done, and why. Never leaves host/result.
struct Failure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Throws the Failure of `doing`, with the innermost reason on HDF5's error stack if it has one.
[[noreturn]] void fail(const std::string& doing);

/// Throws unless `status` (any of HDF5's signed return types) is a success.
inline void check(long long status, const std::string& doing) {
    if (status < 0) fail(doing);
}

/// HDF5 prints nothing on its own while one of these lives.
class Quiet {
  public:
    Quiet();
    ~Quiet();
    Quiet(const Quiet&) = delete;
    Quiet& operator=(const Quiet&) = delete;

  private:
    H5E_auto2_t print_ = nullptr;
    void* data_ = nullptr;
};

/// One open HDF5 object, closed at the end of its scope.
class Handle {
  public:
    using Close = herr_t (*)(hid_t);

    /// Owns `id`; throws if it is not one.
    Handle(hid_t id, Close close, const std::string& doing) : id_(id), close_(close) {
        if (id < 0) fail(doing);
    }
    Handle(Handle&& other) noexcept
        : id_(std::exchange(other.id_, H5I_INVALID_HID)), close_(other.close_) {}
    Handle& operator=(Handle&&) = delete;
    ~Handle() {
        if (id_ >= 0) close_(id_);
    }

    operator hid_t() const { return id_; }

  private:
    hid_t id_;
    Close close_;
};

/// Variable-length UTF-8: the one string type that h5py, netCDF-4 and HDFView all show as text.
Handle string_type();

/// The HDF5 type of a C++ number in memory.
template <class T>
hid_t native_type();
template <>
inline hid_t native_type<double>() {
    return H5T_NATIVE_DOUBLE;
}
template <>
inline hid_t native_type<unsigned char>() {
    return H5T_NATIVE_UCHAR;
}
template <>
inline hid_t native_type<int>() {
    return H5T_NATIVE_INT;
}
template <>
inline hid_t native_type<unsigned long>() {
    return H5T_NATIVE_ULONG;
}

/// The same number as it stands in a file, little-endian whatever the machine.
template <class T>
hid_t file_type();
template <>
inline hid_t file_type<double>() {
    return H5T_IEEE_F64LE;
}
template <>
inline hid_t file_type<unsigned char>() {
    return H5T_STD_U8LE;
}
template <>
inline hid_t file_type<int>() {
    return H5T_STD_I32LE;
}
template <>
inline hid_t file_type<unsigned long>() {
    return H5T_STD_U64LE;
}

}  // namespace hedgestorm::result::hdf5
