// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/activation_kernels.h>

#include <deal.II/base/exceptions.h>

namespace sobolev
{
  VectorisedActivation::VectorisedActivation(
    const kernels::ActivationFunction function,
    const double                      gain)
    : function(function)
    , signal_gain(gain)
  {
  }



  void
  VectorisedActivation::derivatives(const double      *z,
                                    const std::size_t  n,
                                    const unsigned int order,
                                    double *const     *f) const
  {
    Assert(n % (64 / sizeof(*z)) == 0, dealii::ExcInternalError());
    AssertIndexRange(order, max_order + 1);
    kernels::activation_derivatives(function, z, n, order, f);
  }



  void
  VectorisedActivation::derivatives(const float       *z,
                                    const std::size_t  n,
                                    const unsigned int order,
                                    float *const      *f) const
  {
    Assert(n % (64 / sizeof(*z)) == 0, dealii::ExcInternalError());
    AssertIndexRange(order, max_order + 1);
    kernels::activation_derivatives(function, z, n, order, f);
  }



  double
  VectorisedActivation::gain() const
  {
    return signal_gain;
  }
} // namespace sobolev
