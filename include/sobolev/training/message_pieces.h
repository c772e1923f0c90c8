// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_message_pieces_h
#define sobolev_training_message_pieces_h

#include <algorithm>
#include <cstddef>

namespace sobolev::internal
{
  /**
   * MPI counts in `int`: call `action(begin, size)` for consecutive pieces of
   * @p n_values values, none of them longer than @p largest_piece.
   */
  template <typename Action>
  void
  for_each_piece(const std::size_t n_values,
                 const std::size_t largest_piece,
                 const Action     &action)
  {
    for (std::size_t begin = 0; begin < n_values; begin += largest_piece)
      action(begin,
             static_cast<int>(std::min(largest_piece, n_values - begin)));
  }
} // namespace sobolev::internal

#endif
