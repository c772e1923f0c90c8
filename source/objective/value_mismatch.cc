// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/objective/value_mismatch.h>

#include <algorithm>

#include "check_labels.h"

namespace sobolev
{
  ValueMismatch::ValueMismatch(const std::string         &name,
                               const InputPoints         &points,
                               const std::vector<double> &labels,
                               const double               unit,
                               const double               weight)
    : ResidualBlock(name, points, weight)
    , labels(labels)
    , unit(unit)
  {
    AssertDimension(labels.size(), points.size());
    internal::check_labels(name, labels, unit);
  }



  JetSpecification
  ValueMismatch::jet_specification() const
  {
    return JetSpecification::value();
  }



  unsigned int
  ValueMismatch::n_equations() const
  {
    return 1;
  }



  void
  ValueMismatch::evaluate(const std::size_t                      first,
                          const unsigned int                     n_points,
                          const dealii::ArrayView<const double> &jets,
                          const unsigned int                     stride,
                          const dealii::ArrayView<double>       &residuals,
                          const dealii::ArrayView<double> &linearisation) const
  {
    (void)stride;
    for (unsigned int p = 0; p < n_points; ++p)
      residuals[p] = (jets[p] - labels[first + p]) / unit;
    if (linearisation.size() > 0)
      std::fill_n(linearisation.begin(), n_points, 1. / unit);
  }
} // namespace sobolev
