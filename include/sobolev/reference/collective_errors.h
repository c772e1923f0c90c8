// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_reference_collective_errors_h
#define sobolev_reference_collective_errors_h

#include <deal.II/base/mpi.h>

#include <functional>

namespace sobolev
{
  /**
   * Do local @p work, which must not communicate, and let all processes leave
   * in the same way. Collective.
   *
   * If @p work throws on some processes, these rethrow their exception, and all
   * others throw an InputError or ComputationError with the sentence of the
   * first failing process. Without this, a coefficient that is not finite on
   * one process would leave the others waiting forever.
   */
  void
  fail_together(const MPI_Comm communicator, const std::function<void()> &work);
} // namespace sobolev

#endif
