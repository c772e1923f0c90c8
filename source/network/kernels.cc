// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/kernels.h>

// clang-format off
// Highway includes this file once per instruction set; the order matters.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "network/kernels.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace sobolev
{
  namespace HWY_NAMESPACE
  {
    namespace hn = hwy::HWY_NAMESPACE;

    // Wide vectors only up to 8 numbers: n is a multiple of 8.
    using Vector = hn::CappedTag<double, 8>;

    void
    apply_chain_rule(const JetSpecification &jet,
                     const std::size_t       n,
                     const double           *f1,
                     const double           *f2,
                     const double           *z,
                     double                 *a)
    {
      const Vector       tag;
      const unsigned int n_first = jet.n_first();
      for (std::size_t p = 0; p < n; p += hn::Lanes(tag))
        {
          const auto d1 = hn::LoadU(tag, f1 + p);
          const auto d2 = hn::LoadU(tag, f2 + p);
          for (unsigned int k = 1; k <= n_first; ++k)
            hn::StoreU(
              hn::Mul(d1, hn::LoadU(tag, z + k * n + p)), tag, a + k * n + p);

          unsigned int channel = 1 + n_first;
          for (const auto &terms : jet.second())
            {
              auto sum = hn::Zero(tag);
              for (const auto &term : terms)
                {
                  const auto za = hn::LoadU(tag, z + (1 + term.a) * n + p);
                  const auto zb = hn::LoadU(tag, z + (1 + term.b) * n + p);
                  sum =
                    hn::MulAdd(hn::Mul(hn::Set(tag, term.factor), za), zb, sum);
                }
              const auto zh = hn::LoadU(tag, z + channel * n + p);
              hn::StoreU(
                hn::MulAdd(d1, zh, hn::Mul(d2, sum)), tag, a + channel * n + p);
              ++channel;
            }
        }
    }



    void
    apply_chain_rule_adjoint(const JetSpecification &jet,
                             const std::size_t       n,
                             const double           *f1,
                             const double           *f2,
                             const double           *f3,
                             const double           *z,
                             const double           *a_bar,
                             double                 *z_bar)
    {
      const Vector       tag;
      const unsigned int n_first = jet.n_first();
      for (std::size_t p = 0; p < n; p += hn::Lanes(tag))
        {
          const auto d1 = hn::LoadU(tag, f1 + p);
          const auto d2 = hn::LoadU(tag, f2 + p);
          const auto d3 = hn::LoadU(tag, f3 + p);

          // z_bar_0 = f' a_bar_0 + f'' (...) + f''' (...)
          auto second_sum = hn::Zero(tag);
          auto third_sum  = hn::Zero(tag);
          for (unsigned int k = 1; k <= n_first; ++k)
            {
              const auto bar = hn::LoadU(tag, a_bar + k * n + p);
              second_sum =
                hn::MulAdd(hn::LoadU(tag, z + k * n + p), bar, second_sum);
              hn::StoreU(hn::Mul(d1, bar), tag, z_bar + k * n + p);
            }

          unsigned int channel = 1 + n_first;
          for (const auto &terms : jet.second())
            {
              const auto bar    = hn::LoadU(tag, a_bar + channel * n + p);
              const auto d2_bar = hn::Mul(d2, bar);
              auto       sum    = hn::Zero(tag);
              for (const auto &term : terms)
                {
                  const auto factor = hn::Set(tag, term.factor);
                  double    *bar_a  = z_bar + (1 + term.a) * n + p;
                  double    *bar_b  = z_bar + (1 + term.b) * n + p;
                  const auto za     = hn::LoadU(tag, z + (1 + term.a) * n + p);
                  const auto zb     = hn::LoadU(tag, z + (1 + term.b) * n + p);
                  const auto scaled = hn::Mul(factor, za);
                  sum               = hn::MulAdd(scaled, zb, sum);
                  hn::StoreU(hn::MulAdd(hn::Mul(d2_bar, factor),
                                        zb,
                                        hn::LoadU(tag, bar_a)),
                             tag,
                             bar_a);
                  hn::StoreU(hn::MulAdd(d2_bar, scaled, hn::LoadU(tag, bar_b)),
                             tag,
                             bar_b);
                }
              second_sum = hn::MulAdd(
                hn::LoadU(tag, z + channel * n + p), bar, second_sum);
              third_sum = hn::MulAdd(sum, bar, third_sum);
              hn::StoreU(hn::Mul(d1, bar), tag, z_bar + channel * n + p);
              ++channel;
            }

          const auto value_bar = hn::LoadU(tag, a_bar + p);
          hn::StoreU(
            hn::MulAdd(d1,
                       value_bar,
                       hn::MulAdd(d2, second_sum, hn::Mul(d3, third_sum))),
            tag,
            z_bar + p);
        }
    }



    void
    sum_channel_products(const unsigned int n_channels,
                         const std::size_t  n,
                         const double      *z_bar,
                         const double      *a,
                         double            *s)
    {
      const Vector tag;
      for (std::size_t p = 0; p < n; p += hn::Lanes(tag))
        {
          auto sum = hn::Mul(hn::LoadU(tag, z_bar + p), hn::LoadU(tag, a + p));
          for (unsigned int c = 1; c < n_channels; ++c)
            sum = hn::MulAdd(hn::LoadU(tag, z_bar + c * n + p),
                             hn::LoadU(tag, a + c * n + p),
                             sum);
          hn::StoreU(sum, tag, s + p);
        }
    }
  } // namespace HWY_NAMESPACE
} // namespace sobolev
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace sobolev
{
  HWY_EXPORT(apply_chain_rule);
  HWY_EXPORT(apply_chain_rule_adjoint);
  HWY_EXPORT(sum_channel_products);
} // namespace sobolev

namespace sobolev::kernels
{
  void
  apply_chain_rule(const JetSpecification &jet,
                   const std::size_t       n,
                   const double           *f1,
                   const double           *f2,
                   const double           *z,
                   double                 *a)
  {
    HWY_DYNAMIC_DISPATCH(sobolev::apply_chain_rule)(jet, n, f1, f2, z, a);
  }



  void
  apply_chain_rule_adjoint(const JetSpecification &jet,
                           const std::size_t       n,
                           const double           *f1,
                           const double           *f2,
                           const double           *f3,
                           const double           *z,
                           const double           *a_bar,
                           double                 *z_bar)
  {
    HWY_DYNAMIC_DISPATCH(sobolev::apply_chain_rule_adjoint)
    (jet, n, f1, f2, f3, z, a_bar, z_bar);
  }



  void
  sum_channel_products(const unsigned int n_channels,
                       const std::size_t  n,
                       const double      *z_bar,
                       const double      *a,
                       double            *s)
  {
    HWY_DYNAMIC_DISPATCH(sobolev::sum_channel_products)
    (n_channels, n, z_bar, a, s);
  }
} // namespace sobolev::kernels
#endif
