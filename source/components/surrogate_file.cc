// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Surrogates in HDF5 files; doc/surrogate_file.md describes the layout.

#include <sobolev/base/atomic_file.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/components/network_function.h>

#include <deal.II/base/hdf5.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <hdf5.h>

namespace sobolev
{
  namespace
  {
    const std::string format_name    = "sobolev surrogate";
    constexpr long    format_version = 1;



    // HDF5 prints its stack of errors to the terminal unless told otherwise.
    class SilentHDF5
    {
    public:
      SilentHDF5()
      {
        H5Eget_auto2(H5E_DEFAULT, &print, &data);
        H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
      }

      ~SilentHDF5()
      {
        H5Eset_auto2(H5E_DEFAULT, print, data);
      }

    private:
      H5E_auto2_t print;
      void       *data;
    };



    // An HDF5 identifier that is closed with the object.
    class Handle
    {
    public:
      Handle(const hid_t id, herr_t (*const close)(hid_t))
        : id(id)
        , close(close)
      {
      }

      Handle(const Handle &) = delete;

      ~Handle()
      {
        if (id >= 0)
          close(id);
      }

      bool
      is_valid() const
      {
        return id >= 0;
      }

      operator hid_t() const
      {
        return id;
      }

    private:
      const hid_t id;
      herr_t (*const close)(hid_t);
    };



    // Reading does without dealii::HDF5: that opens files for writing, which
    // excludes write-protected files and other processes that read the same
    // one, and it reports failures by assertions only.

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



    Handle
    open_attribute(const hid_t object, const std::string &name)
    {
      const bool  exists = H5Aexists(object, name.c_str()) > 0;
      const hid_t attribute =
        exists ? H5Aopen(object, name.c_str(), H5P_DEFAULT) : -1;
      AssertInput(attribute >= 0, "the attribute '" << name << "' is missing.");
      return Handle(attribute, H5Aclose);
    }



    long
    read_integer(const hid_t object, const std::string &name)
    {
      const Handle attribute = open_attribute(object, name);
      const Handle space(H5Aget_space(attribute), H5Sclose);

      long       value = 0;
      const bool good  = H5Sget_simple_extent_npoints(space) == 1 &&
                        H5Aread(attribute, H5T_NATIVE_LONG, &value) >= 0;
      AssertInput(good, "the attribute '" << name << "' is not an integer.");
      return value;
    }



    // Strings of fixed and of variable length.
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
          AssertInput(H5Aread(attribute, type, &text) >= 0 && text != nullptr,
                      "the attribute '" << name << "' cannot be read.");
          const std::string result(text);
          H5free_memory(text);
          return result;
        }

      std::vector<char> text(H5Tget_size(type) + 1, '\0');
      AssertInput(H5Aread(attribute, type, text.data()) >= 0,
                  "the attribute '" << name << "' cannot be read.");
      return text.data();
    }



    // A one-dimensional dataset; memory_type is the HDF5 name of T.
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



    std::vector<double>
    read_numbers(const hid_t parent, const std::string &name)
    {
      return read_dataset<double>(parent, name, H5T_NATIVE_DOUBLE);
    }



    std::vector<std::shared_ptr<const InputFunction>>
    read_features(const hid_t file)
    {
      const Handle group = open_group(file, "features");
      H5G_info_t   info;
      AssertInput(H5Gget_info(group, &info) >= 0,
                  "the group 'features' cannot be read.");

      std::vector<std::shared_ptr<const InputFunction>> features;
      for (unsigned int i = 0; i < info.nlinks; ++i)
        {
          const Handle feature = open_group(group, std::to_string(i));
          features.push_back(make_input_function(
            read_string(feature, "name"), read_numbers(feature, "parameters")));
        }
      return features;
    }



    std::map<std::string, std::string>
    read_provenance(const hid_t file)
    {
      const Handle             group = open_group(file, "provenance");
      std::vector<std::string> names;
      H5Aiterate2(
        group,
        H5_INDEX_NAME,
        H5_ITER_NATIVE,
        nullptr,
        [](hid_t, const char *name, const H5A_info_t *, void *data) {
          static_cast<std::vector<std::string> *>(data)->push_back(name);
          return herr_t(0);
        },
        &names);

      std::map<std::string, std::string> result;
      for (const std::string &name : names)
        result[name] = read_string(group, name);
      return result;
    }



    void
    check_format(const hid_t file, const int dim)
    {
      AssertInput(H5Aexists(file, "format") > 0 &&
                    read_string(file, "format") == format_name,
                  "it is an HDF5 file, but no surrogate of sobolev.");
      const long version = read_integer(file, "format_version");
      AssertInput(version >= 1 && version <= format_version,
                  "it has the format version "
                    << version << ", but this program reads up to version "
                    << format_version << ".");
      const long dimension = read_integer(file, "dimension");
      AssertInput(dimension == dim,
                  "it is for " << dimension << " space dimensions, not for "
                               << dim << ".");
    }



    Architecture
    read_architecture(const hid_t file)
    {
      Architecture architecture;
      architecture.lower        = read_numbers(file, "lower");
      architecture.upper        = read_numbers(file, "upper");
      architecture.activation   = read_string(file, "activation");
      architecture.features     = read_features(file);
      architecture.output_scale = read_numbers(file, "output_scale");
      architecture.output_shift = read_numbers(file, "output_shift");
      for (const long width :
           read_dataset<long>(file, "hidden_widths", H5T_NATIVE_LONG))
        {
          AssertInput(width > 0 && width < 65536,
                      "a hidden layer of width " << width
                                                 << " is not possible.");
          architecture.hidden_widths.push_back(width);
        }
      return architecture;
    }



    bool
    is_finite(const std::vector<double> &values)
    {
      return std::all_of(values.begin(), values.end(), [](const double value) {
        return std::isfinite(value);
      });
    }
  } // namespace



  template <int dim>
  std::unique_ptr<NetworkFunction<dim>>
  NetworkFunction<dim>::load(const std::string &file_name)
  {
    const SilentHDF5 silent;
    try
      {
        const Handle file = open_file(file_name);
        check_format(file, dim);

        const Network             network(read_architecture(file));
        const std::vector<double> theta = read_numbers(file, "theta");
        AssertInput(is_finite(theta), "a parameter is not a finite number.");
        return std::make_unique<NetworkFunction<dim>>(
          network,
          theta,
          read_integer(file, "has_time") != 0,
          read_provenance(file));
      }
    catch (const InputError &error)
      {
        throw InputError("the surrogate '" + file_name + "': " + error.what());
      }
  }



  template <int dim>
  void
  NetworkFunction<dim>::save(const std::string &file_name) const
  {
    AssertInput(is_finite(parameters),
                "the surrogate '" << file_name
                                  << "': a parameter is not a finite number.");

    const auto write = [&](const std::string &name) {
      using dealii::HDF5::File;
      const Architecture &architecture = map.architecture();

      File file(name, File::FileAccessMode::create);
      file.set_attribute("format", format_name);
      file.set_attribute("format_version", static_cast<int>(format_version));
      file.set_attribute("dimension", dim);
      file.set_attribute("has_time", static_cast<int>(time_input));
      file.set_attribute("activation", architecture.activation);
      file.write_dataset("lower", architecture.lower);
      file.write_dataset("upper", architecture.upper);
      file.write_dataset("hidden_widths", architecture.hidden_widths);
      file.write_dataset("output_scale", architecture.output_scale);
      file.write_dataset("output_shift", architecture.output_shift);
      file.write_dataset("theta", parameters);

      const auto features = file.create_group("features");
      for (unsigned int i = 0; i < architecture.features.size(); ++i)
        {
          auto feature = features.create_group(std::to_string(i));
          feature.set_attribute("name", architecture.features[i]->name());
          feature.write_dataset("parameters",
                                architecture.features[i]->parameters());
        }
      auto group = file.create_group("provenance");
      for (const auto &entry : origin)
        group.set_attribute(entry.first, entry.second);
    };

    write_atomically(file_name, [&](const std::string &temporary) {
      AssertInput(std::ofstream(temporary).good(),
                  "the file '" << file_name
                               << "' cannot be written; does its folder exist, "
                                  "and is there space on the disk?");
      {
        const SilentHDF5 silent;
        write(temporary);
      }

      // Whatever went wrong on the way to the disk, a surrogate that cannot be
      // read is noticed here and not when it is needed.
      bool good = false;
      try
        {
          good = load(temporary)->theta() == parameters;
        }
      catch (const InputError &)
        {
        }
      AssertInput(good,
                  "the file '" << file_name
                               << "' could not be written completely; is there "
                                  "space on the disk?");
    });
  }



  template std::unique_ptr<NetworkFunction<1>>
  NetworkFunction<1>::load(const std::string &);
  template std::unique_ptr<NetworkFunction<2>>
  NetworkFunction<2>::load(const std::string &);
  template std::unique_ptr<NetworkFunction<3>>
                NetworkFunction<3>::load(const std::string &);
  template void NetworkFunction<1>::save(const std::string &) const;
  template void NetworkFunction<2>::save(const std::string &) const;
  template void NetworkFunction<3>::save(const std::string &) const;
} // namespace sobolev
