// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_frozen_network_h
#define sobolev_network_frozen_network_h

#include <sobolev/network/network.h>
#include <sobolev/network/network_weights.h>

#include <vector>

namespace sobolev
{
  /**
   * A network whose parameters do not change any more. FrozenOutput makes its
   * outputs known functions of other networks.
   *
   * Thread-safe. Not to be copied: shared by those who use it.
   */
  class FrozenNetwork
  {
  public:
    /**
     * A copy of @p network with the parameters @p theta.
     *
     * @throws InputError if their number does not fit or one is not finite.
     */
    FrozenNetwork(const Network &network, const std::vector<double> &theta);

    FrozenNetwork(const FrozenNetwork &) = delete;

    const Network &
    network() const
    {
      return map;
    }

    const std::vector<double> &
    theta() const
    {
      return parameters;
    }

    /** The parameters, prepared. */
    const NetworkWeights &
    weights() const
    {
      return prepared;
    }

  private:
    const Network             map;
    const std::vector<double> parameters;
    NetworkWeights            prepared;
  };
} // namespace sobolev

#endif
