// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/activation_kernels.h>

// clang-format off
// Highway includes this file once per instruction set; the order matters.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "network/activation_kernels.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
#include "network/vector_math-inl.h"
#include "network/chain_rule-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace sobolev
{
  namespace HWY_NAMESPACE
  {
    using kernels::ActivationFunction;

    // The number x in all lanes.
    template <class D>
    HWY_INLINE hn::Vec<D>
               number(const D d, const double x)
    {
      return hn::Set(d, static_cast<hn::TFromD<D>>(x));
    }



    // The derivatives for the numbers z[p], .... Those above the order are
    // dropped, and the compiler drops all operations that lead to them.
    template <typename T, unsigned int order>
    struct Results
    {
      Vector<T> f[order + 1];

      template <unsigned int k, class D, class V>
      HWY_INLINE void
      set(const D, const V derivative)
      {
        if constexpr (k <= order)
          f[k] = derivative;
      }
    };



    // In t = tanh z and f' = 1 - t^2, which is computed from e = e^(-2|z|) as
    // 4 e/(1 + e)^2, for 1 - t^2 has no digits left for large |z|.
    struct Tanh
    {
      template <class D, class V, class R>
      static HWY_INLINE void
      evaluate(const D d, const V z, R &results)
      {
        using C = MathConstants<hn::TFromD<D>>;

        V       e, m;
        const V a = hn::Abs(z);
        exp_and_expm1_scaled(d, hn::Add(a, a), e, m);
        const V scale = hn::Set(d, C::scale);
        const V q     = hn::Div(number(d, 1.), hn::Add(scale, e));
        const V t     = hn::CopySign(hn::Mul(m, q), z);
        const V f1 =
          hn::Mul(hn::Mul(hn::Mul(number(d, 4.), e), q), hn::Mul(scale, q));
        const V t_f1 = hn::Mul(t, f1);

        results.template set<0>(d, t);
        results.template set<1>(d, f1);
        // -2 t f'
        results.template set<2>(d, hn::Mul(number(d, -2.), t_f1));
        // f' (6 t^2 - 2)
        const V t2 = hn::Mul(t, t);
        results.template set<3>(
          d, hn::Mul(f1, hn::MulAdd(number(d, 6.), t2, number(d, -2.))));
        // t f' (16 - 24 t^2)
        results.template set<4>(
          d, hn::Mul(t_f1, hn::NegMulAdd(number(d, 24.), t2, number(d, 16.))));
        // f' (16 - 120 t^2 f')
        results.template set<5>(
          d,
          hn::Mul(
            f1,
            hn::NegMulAdd(number(d, 120.), hn::Mul(t2, f1), number(d, 16.))));
      }
    };



    struct Sin
    {
      template <class D, class V, class R>
      static HWY_INLINE void
      evaluate(const D d, const V z, R &results)
      {
        V sin, cos;
        sin_and_cos(d, z, sin, cos);
        results.template set<0>(d, sin);
        results.template set<1>(d, cos);
        results.template set<2>(d, hn::Neg(sin));
        results.template set<3>(d, hn::Neg(cos));
        results.template set<4>(d, sin);
        results.template set<5>(d, cos);
      }
    };



    // The factors of s' in s''' = s' a, s'''' = -t s' b, s''''' = s' c for the
    // sigmoid function s and t = tanh(z/2), t' = 2 s', s'' = -t s'. With
    // 4 s' = 1 - t^2 they could do without t, but less accurately for small t.
    template <class D, class V>
    HWY_INLINE void
    sigmoid_factors(const D d, const V s1, const V t, V &a, V &b, V &c)
    {
      const V t2 = hn::Mul(t, t);
      a          = hn::MulAdd(number(d, 1.5), t2, number(d, -0.5));
      b          = hn::MulAdd(number(d, 3.), t2, number(d, -2.));
      c = hn::NegMulAdd(number(d, 30.), hn::Mul(t2, s1), number(d, 1.));
    }



    // Results k, ..., k + 4 are the derivatives of orders 1 to 5 of the
    // sigmoid function.
    template <unsigned int k, class D, class V, class R>
    HWY_INLINE void
    set_sigmoid_derivatives(const D d, const V s1, const V t, R &results)
    {
      V a, b, c;
      sigmoid_factors(d, s1, t, a, b, c);
      const V s2 = hn::Neg(hn::Mul(t, s1));
      results.template set<k>(d, s1);
      results.template set<k + 1>(d, s2);
      results.template set<k + 2>(d, hn::Mul(s1, a));
      results.template set<k + 3>(d, hn::Mul(s2, b));
      results.template set<k + 4>(d, hn::Mul(s1, c));
    }



    // With e = e^(-|z|) and q = 1/(1 + e): s = q for positive z, e q for
    // negative z, s' = e q^2.
    struct Sigmoid
    {
      template <class D, class V, class R>
      static HWY_INLINE void
      evaluate(const D d, const V z, R &results)
      {
        using C = MathConstants<hn::TFromD<D>>;

        V e, m;
        exp_and_expm1_scaled(d, hn::Abs(z), e, m);
        const V scale = hn::Set(d, C::scale);
        const V r     = hn::Div(number(d, 1.), hn::Add(scale, e));
        const V q     = hn::Mul(scale, r);
        const V e_q   = hn::Mul(e, r);
        const V t     = hn::CopySign(hn::Mul(m, r), z);

        results.template set<0>(d,
                                hn::IfThenElse(hn::Ge(z, hn::Zero(d)), q, e_q));
        set_sigmoid_derivatives<1>(d, hn::Mul(e_q, q), t, results);
      }
    };



    // max(0, z) + ln(1 + e); the derivative is the sigmoid function. One
    // division, 1/((1 + e) (2 + e)), serves both.
    struct Softplus
    {
      template <class D, class V, class R>
      static HWY_INLINE void
      evaluate(const D d, const V z, R &results)
      {
        using C = MathConstants<hn::TFromD<D>>;

        V e, m;
        exp_and_expm1_scaled(d, hn::Abs(z), e, m);
        const V unscale  = hn::Set(d, C::unscale);
        e                = hn::Mul(e, unscale);
        const V    one_e = hn::Add(number(d, 1.), e);
        const V    two_e = hn::Add(number(d, 2.), e);
        const V    r     = hn::Div(number(d, 1.), hn::Mul(one_e, two_e));
        const V    q     = hn::Mul(two_e, r);
        const V    e_q   = hn::Mul(e, q);
        const V    w     = hn::Mul(e, hn::Mul(one_e, r));
        const V    t     = hn::CopySign(hn::Mul(hn::Mul(m, unscale), q), z);
        const auto is_positive = hn::Ge(z, hn::Zero(d));

        results.template set<0>(d,
                                hn::Add(hn::IfThenElseZero(is_positive, z),
                                        log1p_of_quotient(d, e, w)));
        results.template set<1>(d, hn::IfThenElse(is_positive, q, e_q));
        set_sigmoid_derivatives<2>(d, hn::Mul(e_q, q), t, results);
      }
    };



    // f = z s, f^(k) = k s^(k-1) + z s^(k). Products with e^(-|z|) stay scaled
    // until the end: z e^(-|z|) is normal where e^(-|z|) no longer is.
    struct Silu
    {
      template <class D, class V, class R>
      static HWY_INLINE void
      evaluate(const D d, const V z, R &results)
      {
        using C = MathConstants<hn::TFromD<D>>;

        V       e, m;
        const V a = clamp_above(d, hn::Abs(z), -C::lowest);
        const V x = hn::CopySign(a, z);
        exp_and_expm1_scaled(d, a, e, m);
        const V scale = hn::Set(d, C::scale), unscale = hn::Set(d, C::unscale);
        const V one            = number(d, 1.);
        const V r              = hn::Div(one, hn::Add(scale, e));
        const V q              = hn::Mul(scale, r);
        const V e_q            = hn::Mul(e, q);
        const V t              = hn::CopySign(hn::Mul(m, r), z);
        const V z_t            = hn::Mul(x, t);
        const V large          = hn::Mul(e_q, q); // scale s'
        const V s1             = hn::Mul(unscale, large);
        const auto is_positive = hn::Ge(z, hn::Zero(d));

        results.template set<0>(
          d,
          hn::IfThenElse(
            is_positive, hn::Mul(z, q), hn::Mul(hn::Mul(x, e_q), unscale)));
        // s (1 + z (1 - s))
        const V s     = hn::IfThenElse(is_positive, scale, e);
        const V one_s = hn::IfThenElse(is_positive, hn::Mul(e, r), q);
        results.template set<1>(
          d,
          hn::Mul(hn::Mul(hn::Mul(s, q), hn::MulAdd(x, one_s, one)), unscale));
        // s' (2 - z t)
        results.template set<2>(
          d, hn::Mul(hn::Mul(large, hn::Sub(number(d, 2.), z_t)), unscale));
        // s' (z a - 3 t)
        V factor_a, factor_b, factor_c;
        sigmoid_factors(d, s1, t, factor_a, factor_b, factor_c);
        results.template set<3>(
          d,
          hn::Mul(
            hn::Mul(large, hn::MulSub(x, factor_a, hn::Mul(number(d, 3.), t))),
            unscale));
        // s' (4 a - z t b)
        results.template set<4>(
          d,
          hn::Mul(hn::Mul(large,
                          hn::NegMulAdd(
                            z_t, factor_b, hn::Mul(number(d, 4.), factor_a))),
                  unscale));
        // s' (z c - 5 t b)
        const V five_t = hn::Mul(number(d, 5.), t);
        results.template set<5>(
          d,
          hn::Mul(
            hn::Mul(large,
                    hn::NegMulAdd(five_t, factor_b, hn::Mul(x, factor_c))),
            unscale));
      }
    };



    // f = z Phi, f' = Phi + z phi, higher derivatives are Hermite polynomials
    // times phi. The tail Phi(-|z|) is phi(z) times a function of |z|, so that
    // nothing cancels for negative z. Scaled as in Silu.
    struct Gelu
    {
      template <class D, class V, class R>
      static HWY_INLINE void
      evaluate(const D d, const V z, R &results)
      {
        using C = MathConstants<hn::TFromD<D>>;

        V       density, tail;
        const V a = clamp_above(d, hn::Abs(z), C::largest_normal);
        const V x = hn::CopySign(a, z);
        normal_density_and_tail(d, a, density, tail);
        const V    unscale       = hn::Set(d, C::unscale);
        const V    over_sqrt_2pi = number(d, 0.39894228040143267794);
        const V    one           = number(d, 1.);
        const V    x2            = hn::Mul(x, x);
        const V    phi           = hn::Mul(density, over_sqrt_2pi); // scaled
        const V    x_phi         = hn::Mul(x, phi);
        const auto is_positive   = hn::Ge(z, hn::Zero(d));

        const V positive = hn::Mul(z, hn::NegMulAdd(tail, unscale, one));
        const V negative = hn::Mul(hn::Mul(x, tail), unscale);
        results.template set<0>(
          d, hn::IfThenElse(is_positive, positive, negative));

        // Phi + z phi = 1 - tail + |z| phi or tail - |z| phi
        const V difference = hn::Mul(hn::MulSub(a, phi, tail), unscale);
        results.template set<1>(d,
                                hn::IfThenElse(is_positive,
                                               hn::Add(one, difference),
                                               hn::Neg(difference)));
        // phi (2 - z^2)
        results.template set<2>(
          d, hn::Mul(hn::Mul(phi, hn::Sub(number(d, 2.), x2)), unscale));
        // z phi (z^2 - 4)
        results.template set<3>(
          d, hn::Mul(hn::Mul(x_phi, hn::Sub(x2, number(d, 4.))), unscale));
        // phi (z^2 (7 - z^2) - 4)
        results.template set<4>(
          d,
          hn::Mul(
            hn::Mul(phi,
                    hn::MulSub(x2, hn::Sub(number(d, 7.), x2), number(d, 4.))),
            unscale));
        // z phi (z^2 (z^2 - 11) + 18)
        results.template set<5>(
          d,
          hn::Mul(hn::Mul(x_phi,
                          hn::MulAdd(
                            x2, hn::Sub(x2, number(d, 11.)), number(d, 18.))),
                  unscale));
      }
    };



    // factor max(0, z)^power, the factor is 1 or 1/2. At zero derivatives are
    // those of the left side.
    template <unsigned int power, bool half>
    struct PowerOfRelu
    {
      // power!/(power-k)! factor max(0, z)^(power-k)
      template <unsigned int k, class D, class V>
      static HWY_INLINE V
      derivative(const D d, const V ramp, const V step, const V zero)
      {
        if constexpr (k > power)
          return zero;
        else
          {
            constexpr unsigned int remaining = power - k;
            double                 factor    = half ? 0.5 : 1.;
            for (unsigned int i = 0; i < k; ++i)
              factor *= power - i;
            V result = hn::Mul(number(d, factor), remaining ? ramp : step);
            for (unsigned int i = 1; i < remaining; ++i)
              result = hn::Mul(result, ramp);
            return result;
          }
      }



      template <class D, class V, class R>
      static HWY_INLINE void
      evaluate(const D d, const V z, R &results)
      {
        // NaN is neither positive nor negative and has to stay.
        const V    zero        = hn::IfThenElseZero(hn::IsNaN(z), z);
        const auto is_positive = hn::Gt(z, hn::Zero(d));
        const V    ramp        = hn::IfThenElse(is_positive, z, zero);
        const V    step = hn::IfThenElse(is_positive, number(d, 1.), zero);

        results.template set<0>(d, derivative<0>(d, ramp, step, zero));
        results.template set<1>(d, derivative<1>(d, ramp, step, zero));
        results.template set<2>(d, derivative<2>(d, ramp, step, zero));
        results.template set<3>(d, derivative<3>(d, ramp, step, zero));
        results.template set<4>(d, derivative<4>(d, ramp, step, zero));
        results.template set<5>(d, derivative<5>(d, ramp, step, zero));
      }
    };



    // Value, derivatives and all channels in one pass over the points.
    template <class Function, unsigned int order, typename T>
    void
    evaluate_all(const JetSpecification &jet,
                 const std::size_t       n,
                 const T                 bias,
                 const T                *z,
                 T *const               *f,
                 T                      *a)
    {
      const Tag<T> d;
      const auto   shift    = hn::Set(d, bias);
      const bool   is_value = jet.n_channels() == 1;
      for (std::size_t p = 0; p < n; p += n_lanes<T>)
        {
          Results<T, order> results;
          Function::evaluate(d, hn::Add(hn::Load(d, z + p), shift), results);
          hn::Store(results.f[0], d, a + p);
          for (unsigned int k = 1; k <= order; ++k)
            hn::Store(results.f[k], d, f[k] + p);
          if constexpr (order > 0)
            if (!is_value)
              apply_chain_rule_at(jet,
                                  n,
                                  p,
                                  results.f[1],
                                  results.f[std::min(order, 2u)],
                                  f,
                                  z,
                                  a);
        }
    }



    template <class Function, typename T, typename... Arguments>
    void
    with_order(const unsigned int order, const Arguments &...arguments)
    {
      switch (order)
        {
          case 0:
            return evaluate_all<Function, 0, T>(arguments...);
          case 1:
            return evaluate_all<Function, 1, T>(arguments...);
          case 2:
            return evaluate_all<Function, 2, T>(arguments...);
          case 3:
            return evaluate_all<Function, 3, T>(arguments...);
          case 4:
            return evaluate_all<Function, 4, T>(arguments...);
          default:
            return evaluate_all<Function, 5, T>(arguments...);
        }
    }



    template <typename T>
    void
    with_function(const ActivationFunction function,
                  const JetSpecification  &jet,
                  const std::size_t        n,
                  const unsigned int       order,
                  const T                  bias,
                  const T                 *z,
                  T *const                *f,
                  T                       *a)
    {
      const auto run = [&](auto activation) {
        with_order<decltype(activation), T>(order, jet, n, bias, z, f, a);
      };
      switch (function)
        {
          case ActivationFunction::tanh:
            return run(Tanh());
          case ActivationFunction::sin:
            return run(Sin());
          case ActivationFunction::sigmoid:
            return run(Sigmoid());
          case ActivationFunction::softplus:
            return run(Softplus());
          case ActivationFunction::silu:
            return run(Silu());
          case ActivationFunction::gelu:
            return run(Gelu());
          case ActivationFunction::relu:
            return run(PowerOfRelu<1, false>());
          case ActivationFunction::relu2:
            return run(PowerOfRelu<2, false>());
          case ActivationFunction::relu3:
            return run(PowerOfRelu<3, false>());
          case ActivationFunction::irelu:
            return run(PowerOfRelu<2, true>());
        }
    }



    kernels::ActivationJets<double>
    double_jets()
    {
      return with_function<double>;
    }



    kernels::ActivationJets<float>
    float_jets()
    {
      return with_function<float>;
    }
  } // namespace HWY_NAMESPACE
} // namespace sobolev
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace sobolev
{
  HWY_EXPORT(double_jets);
  HWY_EXPORT(float_jets);



  template <>
  kernels::ActivationJets<double>
  kernels::activation_jets<double>()
  {
    return HWY_DYNAMIC_DISPATCH(double_jets)();
  }



  template <>
  kernels::ActivationJets<float>
  kernels::activation_jets<float>()
  {
    return HWY_DYNAMIC_DISPATCH(float_jets)();
  }
} // namespace sobolev
#endif
