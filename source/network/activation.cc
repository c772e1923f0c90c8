// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/network/activation.h>

#include <map>

namespace sobolev
{
  namespace
  {
    struct Maker
    {
      std::function<std::shared_ptr<const Activation>()> make;
      bool                                               is_second_name;
    };

    using Makers = std::map<std::string, Maker>;

    // A function-local static: it exists before the first registration,
    // whatever the order in which source files are initialised.
    Makers &
    makers()
    {
      static Makers registered;
      return registered;
    }
  } // namespace



  ActivationRegistration::ActivationRegistration(
    const std::string                                        &name,
    const std::function<std::shared_ptr<const Activation>()> &make,
    const bool                                                is_second_name)
  {
    makers()[name] = {make, is_second_name};
  }



  std::vector<std::string>
  activation_names()
  {
    std::vector<std::string> names;
    for (const auto &entry : makers())
      if (!entry.second.is_second_name)
        names.push_back(entry.first);
    return names;
  }



  std::shared_ptr<const Activation>
  make_activation(const std::string &name)
  {
    const auto entry = makers().find(name);
    if (entry == makers().end())
      {
        std::string known;
        for (const std::string &other : activation_names())
          known += (known.empty() ? "" : ", ") + other;
        AssertInput(false,
                    "there is no activation '" << name << "'; known are "
                                               << known << ".");
      }
    return entry->second.make();
  }
} // namespace sobolev
