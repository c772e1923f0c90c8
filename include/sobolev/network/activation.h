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
   * with its derivatives up to order three (second-order jets need $f'$ and
   * $f''$, their adjoints also $f'''$).
   *
   * A new activation is one source file: a class that implements derivatives()
   * and a static ActivationRegistration with its name. It can then be chosen
   * in parameter files and is covered by the standing derivative tests.
   */
  class Activation
  {
  public:
    virtual ~Activation() = default;

    /**
     * Evaluate $f, f', f'', f'''$ at the @p n numbers @p z. The arrays do not
     * overlap; @p n is a multiple of 8. Thread-safe.
     */
    virtual void derivatives(const double     *z,
                             const std::size_t n,
                             double           *f,
                             double           *f1,
                             double           *f2,
                             double           *f3) const = 0;

    /**
     * The standard deviation of weights times $\sqrt{n_{in}}$ that keeps the
     * variance of the signal, 5/3 for tanh.
     */
    virtual double gain() const = 0;
  };



  /**
   * Return the activation called @p name.
   *
   * @throws InputError if there is none; the sentence lists all names.
   */
  std::shared_ptr<const Activation> make_activation(const std::string &name);

  /** All registered names in alphabetical order. */
  std::vector<std::string> activation_names();



  /** Makes an activation known under a name, for the life of the program. */
  struct ActivationRegistration
  {
    ActivationRegistration(
      const std::string                                        &name,
      const std::function<std::shared_ptr<const Activation>()> &make);
  };
} // namespace sobolev

#endif
