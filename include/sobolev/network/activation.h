// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_activation_h
#define sobolev_network_activation_h

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
   * A new activation is one source file: a class that implements derivatives()
   * and a static ActivationRegistration with its name. It can then be chosen
   * in parameter files and is covered by the standing derivative tests.
   */
  class Activation
  {
  public:
    /** The highest derivative that derivatives() can evaluate. */
    static constexpr unsigned int max_order = 5;

    virtual ~Activation() = default;

    /**
     * Evaluate $f, f', \dots, f^{(q)}$ with $q$ = @p order at @p n numbers:
     * <code>f[k][i]</code> $= f^{(k)}(z_i)$, $k = 0, \dots, q$. Arrays are
     * aligned to 64 bytes, @p n is a multiple of 64 bytes' worth of numbers.
     * One of the result arrays may be @p z itself, otherwise arrays do not
     * overlap. NaN gives NaN in all orders, for the same number only.
     * Thread-safe, allocates nothing.
     */
    virtual void derivatives(const double      *z,
                             const std::size_t  n,
                             const unsigned int order,
                             double *const     *f) const = 0;

    /** The same in single precision. */
    virtual void derivatives(const float       *z,
                             const std::size_t  n,
                             const unsigned int order,
                             float *const      *f) const = 0;

    /**
     * The standard deviation of weights times $\sqrt{n_{in}}$ that keeps the
     * second moment of the signal, about $1/\sqrt{E[f(x)^2]}$ for
     * $x \sim N(0,1)$; 5/3 for tanh.
     */
    virtual double gain() const = 0;
  };



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
