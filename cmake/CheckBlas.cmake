# The reference BLAS is 10 to 50 times slower than OpenBLAS in the shapes used
# here. Which one runs is decided by a symbolic link on Debian: look behind it.
find_library(SOBOLEV_BLAS_LIBRARY NAMES blas openblas)
mark_as_advanced(SOBOLEV_BLAS_LIBRARY)
if(SOBOLEV_BLAS_LIBRARY)
  get_filename_component(_blas ${SOBOLEV_BLAS_LIBRARY} REALPATH)
  if(_blas MATCHES "openblas|mkl|blis|atlas")
    message(STATUS "BLAS: ${_blas}")
  else()
    message(WARNING "The BLAS found, ${_blas}, looks like the slow reference "
      "implementation: training will take 10 to 50 times longer. Install "
      "OpenBLAS (Debian: apt install libopenblas-dev).")
  endif()
endif()
