// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_activation_h
#define sobolev_network_activation_h

#include <sobolev/network/jet_specification.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * A scalar function $f$ that is applied to every neuron of a hidden layer,
   * with its derivatives (jets of order $m$ need them to order $m$, their
   * adjoints to order $m+1$).
   *
   * A new activation is one source file: a class that implements evaluate()
   * and a static ActivationRegistration with its name. It can then be chosen
   * in parameter files and is covered by the standing derivative tests.
   */
  class Activation
  {
  public:
    /** The highest derivative that evaluate() knows. */
    static constexpr unsigned int max_order = 5;

    virtual ~Activation() = default;

    /**
     * The jet of $f(z + b)$ for one neuron with the bias $b$ in one pass over
     * its @p n points, and the derivatives $f', \dots, f^{(q)}$, $q$ = @p
     * order, which the adjoint needs.
     *
     * | argument | what                                  | stored at   |
     * | -------- | ------------------------------------- | ----------- |
     * | `z`      | channel $c$ of $z$, point $i$         | `c * n + i` |
     * | `f[k]`   | $f^{(k)}(z_i + b)$, $1 \le k \le q$ | `i`         |
     * | `a`      | channel $c$ of $f(z + b)$, point $i$  | `c * n + i` |
     *
     * `f[0]` is not used; `f[1]` may be `z`, whose first channel is then
     * replaced, otherwise arrays do not overlap. They are aligned to 64 bytes,
     * @p n is a multiple of 64 bytes' worth of numbers, and $q$ is not smaller
     * than the order of the jet. NaN gives NaN in all orders, for the same
     * point only. Thread-safe, allocates nothing.
     */
    virtual void evaluate(const JetSpecification &jet,
                          const std::size_t       n,
                          const unsigned int      order,
                          const double            bias,
                          const double           *z,
                          double *const          *f,
                          double                 *a) const = 0;

    /** The same in single precision. */
    virtual void evaluate(const JetSpecification &jet,
                          const std::size_t       n,
                          const unsigned int      order,
                          const float             bias,
                          const float            *z,
                          float *const           *f,
                          float                  *a) const = 0;

    /**
     * The first channel of evaluate() only, without bias: `f[k][i]` $=
     * f^{(k)}(z_i)$, $k = 0, \dots, q$. Any of the results may be @p z.
     */
    template <typename Number>
    void derivatives(const Number      *z,
                     const std::size_t  n,
                     const unsigned int order,
                     Number *const     *f) const;

    /**
     * The standard deviation of weights times $\sqrt{n_{in}}$ that keeps the
     * second moment of the signal, about $1/\sqrt{E[f(x)^2]}$ for
     * $x \sim N(0,1)$; 5/3 for tanh.
     */
    virtual double gain() const = 0;
  };



  template <typename Number>
  inline void
  Activation::derivatives(const Number      *z,
                          const std::size_t  n,
                          const unsigned int order,
                          Number *const     *f) const
  {
    // Adding negative zero keeps the sign of a zero.
    static const JetSpecification value = JetSpecification::value();
    evaluate(value, n, order, Number(-0.), z, f, f[0]);
  }



  /**
   * Return the activation called @p name.
   *
   * @throws InputError if there is none; the sentence lists all names.
   */
  std::shared_ptr<const Activation> make_activation(const std::string &name);

  /**
   * All registered names in alphabetical order, each activation once: second
   * names that make_activation() knows as well are left out.
   */
  std::vector<std::string> activation_names();



  /** Makes an activation known under a name, for the life of the program. */
  struct ActivationRegistration
  {
    /** With @p is_second_name, activation_names() does not list it. */
    ActivationRegistration(
      const std::string                                        &name,
      const std::function<std::shared_ptr<const Activation>()> &make,
      const bool is_second_name = false);
  };
} // namespace sobolev

#endif
