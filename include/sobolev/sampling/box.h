// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_sampling_box_h
#define sobolev_sampling_box_h

#include <vector>

namespace sobolev
{
  /** All $x$ with $l_i \le x_i \le u_i$, in any number of inputs. */
  struct Box
  {
    std::vector<double> lower, upper;

    unsigned int
    n_inputs() const
    {
      return lower.size();
    }

    double
    length(const unsigned int input) const
    {
      return upper[input] - lower[input];
    }
  };



  /** Where one input of a Box has its lower or upper bound. */
  struct BoxFace
  {
    unsigned int input    = 0;
    bool         is_upper = false;
  };
} // namespace sobolev

#endif
