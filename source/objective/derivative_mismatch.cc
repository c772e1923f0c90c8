// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/objective/derivative_mismatch.h>

#include <algorithm>

#include "check_labels.h"

namespace sobolev
{
  DerivativeMismatch::DerivativeMismatch(const std::string &name,
                                         const InputPoints &points,
                                         const unsigned int n_coordinates,
                                         const std::vector<double> &all_labels,
                                         const std::vector<double> &jacobians,
                                         const double               unit,
                                         const double               weight)
    : ResidualBlock(name, points, weight)
    , n_coordinates(n_coordinates)
  {
    const std::size_t  n        = points.size();
    const unsigned int n_inputs = points.n_inputs();
    AssertDimension(all_labels.size(), n * n_coordinates);
    Assert(jacobians.empty() ? n_inputs == n_coordinates
                             : jacobians.size() == n * n_coordinates * n_inputs,
           dealii::ExcMessage("The Jacobians do not fit the points."));
    internal::check_labels(name, all_labels, unit);
    internal::check_labels(name, jacobians, unit);

    labels.resize(n_coordinates * n);
    slopes.assign(n_coordinates * n_inputs * n, 0.);
    for (std::size_t i = 0; i < n; ++i)
      for (unsigned int k = 0; k < n_coordinates; ++k)
        {
          labels[k * n + i] = all_labels[i * n_coordinates + k] / unit;
          for (unsigned int m = 0; m < n_inputs; ++m)
            slopes[(k * n_inputs + m) * n + i] =
              (jacobians.empty()
                 ? (m == k ? 1. : 0.)
                 : jacobians[(i * n_coordinates + k) * n_inputs + m]) /
              unit;
        }
  }



  JetSpecification
  DerivativeMismatch::jet_specification() const
  {
    return JetSpecification::gradient(points().n_inputs());
  }



  unsigned int
  DerivativeMismatch::n_equations() const
  {
    return n_coordinates;
  }



  void
  DerivativeMismatch::evaluate(
    const std::size_t                      first,
    const unsigned int                     n_points,
    const dealii::ArrayView<const double> &jets,
    const unsigned int                     stride,
    const dealii::ArrayView<double>       &residuals,
    const dealii::ArrayView<double>       &linearisation) const
  {
    const std::size_t  n          = points().size();
    const unsigned int n_inputs   = points().n_inputs();
    const unsigned int n_channels = 1 + n_inputs;
    for (unsigned int k = 0; k < n_coordinates; ++k)
      {
        double *const       result = residuals.data() + k * stride;
        const double *const label  = labels.data() + k * n + first;
        for (unsigned int p = 0; p < n_points; ++p)
          result[p] = -label[p];
        for (unsigned int m = 0; m < n_inputs; ++m)
          {
            const double *const slope =
              slopes.data() + (k * n_inputs + m) * n + first;
            const double *const jet = jets.data() + (1 + m) * stride;
            for (unsigned int p = 0; p < n_points; ++p)
              result[p] += slope[p] * jet[p];
            if (linearisation.size() > 0)
              std::copy_n(slope,
                          n_points,
                          linearisation.data() +
                            (k * n_channels + 1 + m) * stride);
          }
        if (linearisation.size() > 0)
          std::fill_n(
            linearisation.data() + k * n_channels * stride, n_points, 0.);
      }
  }
} // namespace sobolev
