// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/objective/local_objective.h>

namespace sobolev
{
  void
  LocalObjective::compute_rows_for_each(
    const std::vector<std::vector<double>> &thetas,
    std::vector<std::vector<double>>       &rows) const
  {
    AssertDimension(rows.size(), thetas.size());
    for (std::size_t k = 0; k < thetas.size(); ++k)
      compute_rows(dealii::make_array_view(thetas[k]),
                   dealii::make_array_view(rows[k]));
  }
} // namespace sobolev
