// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_components_hdf5_reader_h
#define sobolev_components_hdf5_reader_h

#include <hdf5.h>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * Reading of HDF5 files that may hold anything.
   *
   * It does without dealii::HDF5, which opens files for writing, and so
   * excludes write-protected files and other processes that read the same
   * one, and which reports failures by assertions only. All functions throw
   * an InputError if something is missing or of another kind; the sentence
   * goes on after the name of the file: "the attribute 'a' is missing."
   */
  namespace hdf5_reader
  {
    /** No messages of HDF5 itself on the terminal while it lives. */
    class SilentHDF5
    {
    public:
      SilentHDF5();

      SilentHDF5(const SilentHDF5 &) = delete;

      ~SilentHDF5();

    private:
      H5E_auto2_t print;
      void       *data;
    };



    /** An HDF5 identifier that is closed with the object. */
    class Handle
    {
    public:
      Handle(const hid_t id, herr_t (*const close)(hid_t));

      Handle(const Handle &) = delete;

      ~Handle();

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



    Handle open_file(const std::string &file_name);

    Handle open_group(const hid_t parent, const std::string &name);

    /** The number of groups and datasets in a group. */
    unsigned int n_members(const hid_t group);

    bool has_attribute(const hid_t object, const std::string &name);

    long read_integer(const hid_t object, const std::string &name);

    double read_number(const hid_t object, const std::string &name);

    /** Strings of fixed and of variable length. */
    std::string read_string(const hid_t object, const std::string &name);

    /** The names of all attributes. */
    std::vector<std::string> attribute_names(const hid_t object);

    /** A dataset with one dimension. */
    std::vector<double>
    read_numbers(const hid_t parent, const std::string &name);

    /** A dataset with one dimension. */
    std::vector<long>
    read_integers(const hid_t parent, const std::string &name);
  } // namespace hdf5_reader
} // namespace sobolev

#endif
