// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/threads.h>

#include <deal.II/base/multithread_info.h>

#include <algorithm>
#include <bitset>
#include <cstdlib>
#include <dlfcn.h>
#include <sched.h>
#include <thread>
#include <vector>

namespace sobolev
{
  namespace
  {
    // The cores that this process may run on, as bits; empty if unknown.
    std::vector<unsigned char>
    get_affinity_mask()
    {
      std::vector<unsigned char> bits;
#ifdef CPU_SET
      cpu_set_t set;
      CPU_ZERO(&set);
      bits.resize(sizeof(set));
      if (sched_getaffinity(0, sizeof(set), &set) == 0)
        {
          const auto *bytes = reinterpret_cast<const unsigned char *>(&set);
          std::copy(bytes, bytes + sizeof(set), bits.begin());
        }
#endif
      return bits;
    }



    unsigned int
    count_bits(const std::vector<unsigned char> &mask)
    {
      unsigned int n_bits = 0;
      for (const unsigned char byte : mask)
        n_bits += std::bitset<8>(byte).count();
      return n_bits;
    }



    bool
    is_set_in_environment()
    {
      for (const char *name :
           {"OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS", "OMP_NUM_THREADS"})
        if (const char *value = std::getenv(name))
          if (*value != '\0')
            return true;
      return false;
    }
  } // namespace



  unsigned int
  compute_cores_per_process(const MPI_Comm communicator)
  {
    MPI_Comm node;
    MPI_Comm_split_type(
      communicator, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &node);
    int n_processes = 1;
    MPI_Comm_size(node, &n_processes);

    std::vector<unsigned char> mask  = get_affinity_mask();
    const unsigned int         n_own = count_bits(mask);
    MPI_Allreduce(MPI_IN_PLACE,
                  mask.data(),
                  static_cast<int>(mask.size()),
                  MPI_UNSIGNED_CHAR,
                  MPI_BOR,
                  node);
    MPI_Comm_free(&node);

    unsigned int n_cores = count_bits(mask);
    if (n_own > 0 && n_own < n_cores)
      return n_own;
    if (n_cores == 0)
      n_cores = std::thread::hardware_concurrency();
    return std::max(1u, n_cores / static_cast<unsigned int>(n_processes));
  }



  void
  distribute_threads(const MPI_Comm communicator)
  {
    const unsigned int n_threads = compute_cores_per_process(communicator);
    dealii::MultithreadInfo::set_thread_limit(n_threads);
    if (is_set_in_environment())
      return;

    // Looked up at run time: the BLAS behind libblas.so is exchangeable.
    using SetNumThreads = void (*)(int);
    if (void *symbol = dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))
      reinterpret_cast<SetNumThreads>(symbol)(static_cast<int>(n_threads));
  }
} // namespace sobolev
