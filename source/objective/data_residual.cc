// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/objective/data_residual.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>

namespace sobolev
{
  DataResidual::DataResidual(const std::string  &name,
                             const Observations &observations,
                             const unsigned int  n_outputs,
                             const double        weight)
    : ResidualBlock(name, observations.points, weight)
    , observed(observations.outputs)
    , values(observations.values)
    , n_network_outputs(n_outputs)
  {
    AssertDimension(values.size(), observed.size());
    for (unsigned int e = 0; e < observed.size(); ++e)
      {
        AssertIndexRange(observed[e], n_outputs);
        AssertDimension(values[e].size(), points().size());
      }
  }



  JetSpecification
  DataResidual::jet_specification() const
  {
    return JetSpecification::value();
  }



  unsigned int
  DataResidual::n_outputs() const
  {
    return n_network_outputs;
  }



  unsigned int
  DataResidual::n_equations() const
  {
    return observed.size();
  }



  void
  DataResidual::evaluate(const std::size_t                      first,
                         const unsigned int                     n_points,
                         const dealii::ArrayView<const double> &jets,
                         const unsigned int                     stride,
                         const dealii::ArrayView<double>       &residuals,
                         const dealii::ArrayView<double> &linearisation) const
  {
    std::fill(linearisation.begin(), linearisation.end(), 0.);
    for (unsigned int e = 0; e < observed.size(); ++e)
      for (unsigned int p = 0; p < n_points; ++p)
        {
          const unsigned int output = observed[e] * stride + p;
          residuals[e * stride + p] = jets[output] - values[e][first + p];
          if (linearisation.size() > 0)
            linearisation[e * n_network_outputs * stride + output] = 1.;
        }
  }
} // namespace sobolev
