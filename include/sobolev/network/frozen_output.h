// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_frozen_output_h
#define sobolev_network_frozen_output_h

#include <sobolev/network/frozen_network.h>
#include <sobolev/network/input_function.h>

#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * One output of a trained network as a known function of another one.
   *
   * With the outputs $u_1$ of a network as Architecture::offsets, the network
   * is
   * @f[
   *   u = u_1(x) + \varphi(x) (s N_2(x) + m) :
   * @f]
   * $N_2$ learns what is missing in $u_1$, on a scale $s$ of its own
   * (multi-stage training, Wang and Lai, J. Comput. Phys. 504 (2024) 112865).
   * If $u_1$ fulfils boundary conditions exactly, so does $u$, with the same
   * $\varphi$. The network of $u_1$ may have such offsets itself.
   *
   * Objectives evaluate it once per point, since it does not change in
   * training. make_input_function() cannot make it; surrogate files hold the
   * network, see doc/surrogate_file.md.
   */
  class FrozenOutput : public InputFunction
  {
  public:
    /**
     * Functions with the same @p network share its evaluation.
     *
     * @param output Number of the output.
     */
    FrozenOutput(const std::shared_ptr<const FrozenNetwork> &network,
                 const unsigned int                          output);

    const std::shared_ptr<const FrozenNetwork> &
    frozen_network() const
    {
      return network;
    }

    /** "network output". */
    std::string name() const override;

    /** The number of the output. */
    std::vector<double> parameters() const override;

    /**
     * @param x The inputs themselves, see Jet::input(), not functions of
     *          them. Allocates: evaluate_points() is the efficient version.
     */
    Jet evaluate(const dealii::ArrayView<const Jet> &x) const override;

    void evaluate_points(PointTile &points, double *values) const override;

  private:
    const std::shared_ptr<const FrozenNetwork> network;
    const unsigned int                         output;
  };
} // namespace sobolev

#endif
