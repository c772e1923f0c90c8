// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_jet_tile_field_h
#define sobolev_network_jet_tile_field_h

#include <sobolev/network/network.h>

namespace sobolev
{
  struct JetTile::Field
  {
    Field(const Network          &network,
          const JetSpecification &specification,
          const unsigned int      capacity,
          const Precision         precision)
      : jets(network, specification, capacity, precision)
      , derivatives((specification.order() + 2) * capacity)
    {
    }

    JetTile                       jets;
    dealii::AlignedVector<double> derivatives;
  };
} // namespace sobolev

#endif
