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
  VectorisedActivation::evaluate(const JetSpecification &jet,
                                 const std::size_t       n,
                                 const unsigned int      order,
                                 const double            bias,
                                 const double           *z,
                                 double *const          *f,
                                 double                 *a) const
  {
    Assert(n % (64 / sizeof(*z)) == 0, dealii::ExcInternalError());
    AssertIndexRange(order, max_order + 1);
    kernels::activation_jets<double>()(function, jet, n, order, bias, z, f, a);
  }



  void
  VectorisedActivation::evaluate(const JetSpecification &jet,
                                 const std::size_t       n,
                                 const unsigned int      order,
                                 const float             bias,
                                 const float            *z,
                                 float *const           *f,
                                 float                  *a) const
  {
    Assert(n % (64 / sizeof(*z)) == 0, dealii::ExcInternalError());
    AssertIndexRange(order, max_order + 1);
    kernels::activation_jets<float>()(function, jet, n, order, bias, z, f, a);
  }



  double
  VectorisedActivation::gain() const
  {
    return signal_gain;
  }
} // namespace sobolev
