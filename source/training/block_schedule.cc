// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/base/quoted_list.h>
#include <sobolev/training/block_schedule.h>

#include <algorithm>
#include <set>

namespace sobolev
{
  BlockSchedule::BlockSchedule(
    const std::map<std::string, unsigned int> &starts)
    : starts(starts)
  {
    std::set<unsigned int> different;
    for (const auto &[name, start] : starts)
      if (start > 0)
        different.insert(start);
    begins.assign(different.begin(), different.end());
  }



  unsigned int
  BlockSchedule::phase_of(const std::string &name) const
  {
    const auto entry = starts.find(name);
    return entry == starts.end()
             ? 0
             : std::upper_bound(begins.begin(), begins.end(), entry->second) -
                 begins.begin();
  }



  std::vector<double>
  BlockSchedule::factors(const std::vector<std::string> &names,
                         const unsigned int              phase) const
  {
    const std::string all = quoted_list(names);
    for (const auto &entry : starts)
      AssertInput(std::find(names.begin(), names.end(), entry.first) !=
                    names.end(),
                  "Training/starts of blocks: there is no block '"
                    << entry.first << "'; there are " << all << ".");

    std::vector<double> result;
    for (const std::string &name : names)
      result.push_back(phase_of(name) <= phase ? 1. : 0.);
    AssertInput(std::find(result.begin(), result.end(), 1.) != result.end(),
                "Training/starts of blocks: no block begins with the training; "
                "at least one of "
                  << all << " must not be listed, or start at 0.");
    return result;
  }



  std::string
  BlockSchedule::description(const unsigned int phase) const
  {
    std::vector<std::string> names;
    for (const auto &entry : starts)
      if (phase_of(entry.first) == phase)
        names.push_back(entry.first);
    return quoted_list(names);
  }
} // namespace sobolev
