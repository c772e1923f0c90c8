// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/components/hdf5_reader.h>

#include <filesystem>
#include <fstream>

namespace sobolev
{
  namespace hdf5_reader
  {
    namespace
    {
      Handle
      open_attribute(const hid_t object, const std::string &name)
      {
        const hid_t attribute = has_attribute(object, name)
                                  ? H5Aopen(object, name.c_str(), H5P_DEFAULT)
                                  : -1;
        AssertInput(attribute >= 0,
                    "the attribute '" << name << "' is missing.");
        return Handle(attribute, H5Aclose);
      }



      // A single number; memory_type is the HDF5 name of T.
      template <typename T>
      T
      read_attribute(const hid_t        object,
                     const std::string &name,
                     const hid_t        memory_type,
                     const std::string &kind)
      {
        const Handle attribute = open_attribute(object, name);
        const Handle space(H5Aget_space(attribute), H5Sclose);

        T          value = 0;
        const bool good  = H5Sget_simple_extent_npoints(space) == 1 &&
                          H5Aread(attribute, memory_type, &value) >= 0;
        AssertInput(good,
                    "the attribute '" << name << "' is not " << kind << ".");
        return value;
      }



      template <typename T>
      std::vector<T>
      read_dataset(const hid_t        parent,
                   const std::string &name,
                   const hid_t        memory_type)
      {
        const bool   exists = H5Lexists(parent, name.c_str(), H5P_DEFAULT) > 0;
        const Handle dataset(
          exists ? H5Dopen2(parent, name.c_str(), H5P_DEFAULT) : -1, H5Dclose);
        AssertInput(dataset.is_valid(),
                    "the dataset '" << name << "' is missing.");

        const Handle space(H5Dget_space(dataset), H5Sclose);
        AssertInput(H5Sget_simple_extent_ndims(space) == 1,
                    "the dataset '" << name << "' is not a list.");
        std::vector<T> values(H5Sget_simple_extent_npoints(space));
        const herr_t   status = H5Dread(
          dataset, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
        AssertInput(status >= 0,
                    "the dataset '" << name << "' cannot be read as numbers.");
        return values;
      }
    } // namespace



    // HDF5 prints its stack of errors to the terminal unless told otherwise.
    SilentHDF5::SilentHDF5()
    {
      H5Eget_auto2(H5E_DEFAULT, &print, &data);
      H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    }



    SilentHDF5::~SilentHDF5()
    {
      H5Eset_auto2(H5E_DEFAULT, print, data);
    }



    Handle::Handle(const hid_t id, herr_t (*const close)(hid_t))
      : id(id)
      , close(close)
    {
    }



    Handle::~Handle()
    {
      if (id >= 0)
        close(id);
    }



    Handle
    open_file(const std::string &file_name)
    {
      std::error_code ignored;
      AssertInput(std::filesystem::exists(file_name, ignored),
                  "it does not exist.");
      AssertInput(!std::filesystem::is_directory(file_name, ignored),
                  "it is a folder.");
      AssertInput(std::ifstream(file_name).good(), "it cannot be read.");
      AssertInput(H5Fis_hdf5(file_name.c_str()) > 0, "it is no HDF5 file.");

      const hid_t file =
        H5Fopen(file_name.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
      AssertInput(file >= 0, "it cannot be opened or is damaged.");
      return Handle(file, H5Fclose);
    }



    Handle
    open_group(const hid_t parent, const std::string &name)
    {
      const bool  exists = H5Lexists(parent, name.c_str(), H5P_DEFAULT) > 0;
      const hid_t group =
        exists ? H5Gopen2(parent, name.c_str(), H5P_DEFAULT) : -1;
      AssertInput(group >= 0, "the group '" << name << "' is missing.");
      return Handle(group, H5Gclose);
    }



    unsigned int
    n_members(const hid_t group)
    {
      H5G_info_t info;
      AssertInput(H5Gget_info(group, &info) >= 0, "a group cannot be read.");
      return info.nlinks;
    }



    bool
    has_attribute(const hid_t object, const std::string &name)
    {
      return H5Aexists(object, name.c_str()) > 0;
    }



    long
    read_integer(const hid_t object, const std::string &name)
    {
      return read_attribute<long>(object, name, H5T_NATIVE_LONG, "an integer");
    }



    double
    read_number(const hid_t object, const std::string &name)
    {
      return read_attribute<double>(
        object, name, H5T_NATIVE_DOUBLE, "a number");
    }



    std::string
    read_string(const hid_t object, const std::string &name)
    {
      const Handle attribute = open_attribute(object, name);
      const Handle type(H5Aget_type(attribute), H5Tclose);
      const Handle space(H5Aget_space(attribute), H5Sclose);
      AssertInput(H5Tget_class(type) == H5T_STRING &&
                    H5Sget_simple_extent_npoints(space) == 1,
                  "the attribute '" << name << "' is not a string.");

      if (H5Tis_variable_str(type) > 0)
        {
          char *text = nullptr;
          AssertInput(H5Aread(attribute, type, &text) >= 0,
                      "the attribute '" << name << "' cannot be read.");
          const std::string result(text ? text : "");
          H5free_memory(text);
          return result;
        }

      std::vector<char> text(H5Tget_size(type) + 1, '\0');
      AssertInput(H5Aread(attribute, type, text.data()) >= 0,
                  "the attribute '" << name << "' cannot be read.");
      return text.data();
    }



    std::vector<std::string>
    attribute_names(const hid_t object)
    {
      std::vector<std::string> names;
      H5Aiterate2(
        object,
        H5_INDEX_NAME,
        H5_ITER_NATIVE,
        nullptr,
        [](hid_t, const char *name, const H5A_info_t *, void *data) {
          static_cast<std::vector<std::string> *>(data)->push_back(name);
          return herr_t(0);
        },
        &names);
      return names;
    }



    std::vector<double>
    read_numbers(const hid_t parent, const std::string &name)
    {
      return read_dataset<double>(parent, name, H5T_NATIVE_DOUBLE);
    }



    std::vector<long>
    read_integers(const hid_t parent, const std::string &name)
    {
      return read_dataset<long>(parent, name, H5T_NATIVE_LONG);
    }
  } // namespace hdf5_reader
} // namespace sobolev
