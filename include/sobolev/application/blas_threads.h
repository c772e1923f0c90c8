// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_blas_threads_h
#define sobolev_application_blas_threads_h

#include <deal.II/base/mpi.h>

namespace sobolev
{
  /**
   * The number of cores for each process if the cores of a node are divided
   * evenly among the processes of @p communicator on it, at least 1. A process
   * that was bound to cores of its own gets those. Collective.
   */
  unsigned int compute_cores_per_process(const MPI_Comm communicator);

  /**
   * Let OpenBLAS use compute_cores_per_process() threads, where OpenBLAS is
   * what the process was linked to and none of the environment variables
   * OPENBLAS_NUM_THREADS and OMP_NUM_THREADS says otherwise. Collective.
   */
  void distribute_blas_threads(const MPI_Comm communicator);
} // namespace sobolev

#endif
