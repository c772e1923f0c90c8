// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_tests_network_only_target_h
#define sobolev_tests_network_only_target_h

#include <boost/test/data/test_case.hpp>
#include <hwy/targets.h>

#include <cstdint>

namespace sobolev
{
  /** All instruction sets that this processor and the library have. */
  inline const auto all_targets =
    boost::unit_test::data::make(hwy::SupportedAndGeneratedTargets());

  /** Dispatches to one instruction set for the life of the object. */
  class OnlyTarget
  {
  public:
    explicit OnlyTarget(const std::int64_t target)
    {
      hwy::SetSupportedTargetsForTest(target);
      hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    }

    ~OnlyTarget()
    {
      hwy::SetSupportedTargetsForTest(0);
      hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    }
  };
} // namespace sobolev

#endif
