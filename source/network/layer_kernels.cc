// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/layer_kernels.h>

// clang-format off
// Highway includes this file once per instruction set; the order matters.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "network/layer_kernels.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
#include "network/matrix_products-inl.h"
#include "network/chain_rule-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace sobolev
{
  namespace HWY_NAMESPACE
  {
    template <typename Number>
    const LayerKernels<Number> *
    make_kernels()
    {
      static constexpr LayerKernels<Number> all = {
        multiply<Number>,
        add_transpose_product<Number>,
        add_scalar<Number>,
        sum<Number>,
        add<Number>,
        apply_chain_rule<Number>,
        apply_chain_rule_adjoint<Number>,
        sum_channel_products<Number>};
      return &all;
    }

    const LayerKernels<double> *
    double_kernels()
    {
      return make_kernels<double>();
    }

    const LayerKernels<float> *
    float_kernels()
    {
      return make_kernels<float>();
    }
  } // namespace HWY_NAMESPACE
} // namespace sobolev
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace sobolev
{
  HWY_EXPORT(double_kernels);
  HWY_EXPORT(float_kernels);



  template <>
  const LayerKernels<double> &
  layer_kernels<double>()
  {
    return *HWY_DYNAMIC_DISPATCH(double_kernels)();
  }



  template <>
  const LayerKernels<float> &
  layer_kernels<float>()
  {
    return *HWY_DYNAMIC_DISPATCH(float_kernels)();
  }
} // namespace sobolev
#endif
